import { DeliveryFailure } from '../http/outcome';
import { type Endings, isFailure } from './ending';

const IDS_IN_AN_ERROR = 20;

/** How a run stands when it stops, with what earlier tries of it have sent. */
export function tallyInWords(endings: Endings): string {
	let accepted = 0;
	let failed = 0;
	let unknown = 0;
	let undelivered = 0;
	const ids: string[] = [];
	for (const ending of endings) {
		if (ending?.kind === 'accepted') {
			accepted++;
			for (const { messageId, id } of ending.results) {
				const shown = messageId ?? id;
				if (typeof shown === 'string' || typeof shown === 'number') ids.push(String(shown));
			}
		}
		if (isFailure(ending)) {
			const { failure } = ending;
			const outcome = failure instanceof DeliveryFailure ? failure.details.outcome : undefined;
			if (outcome === 'unknown') unknown++;
			else if (outcome === 'undelivered') undelivered++;
			else failed++;
		}
	}
	const shown = ids.slice(0, IDS_IN_AN_ERROR).join(', ');
	const named = shown === '' ? '' : ` (${shown}${ids.length > IDS_IN_AN_ERROR ? ', …' : ''})`;
	const inDoubt = unknown === 0 ? '' : ` Unknown: ${unknown}.`;
	const notDelivered = undelivered === 0 ? '' : ` Accepted, but not delivered: ${undelivered}.`;
	const notSent = endings.length - accepted - failed - unknown - undelivered;
	return `Accepted before the stop: ${accepted}${named}. Failed: ${failed}.${inDoubt}${notDelivered} Not sent: ${notSent}.`;
}
