import { sleep } from 'n8n-workflow';

import { accepted, asked, begun } from './marks';
import type { OncePlace } from './once';
import type { Row } from './row';

/** What is known of a key: nobody has begun and it is ours now, it was accepted, or it was begun. */
export type Standing = 'ours' | 'accepted' | 'begun';

/** Who asks at the same time in another process is soon done. */
const QUESTIONS_AFTER_MS = [0, 60, 240, 700];

interface Claim {
	row: Row;
	place: OncePlace;
	/** Whether this process itself has seen that the key was accepted. */
	isKnown(key: string): boolean;
}

/**
 * Claims keys, so that nobody else sends what they stand for: whoever writes down first that a key is
 * begun has it.
 *
 * @throws whatever the database throws; then nothing may be sent
 */
export async function claim(claim: Claim, keys: string[]): Promise<Map<string, Standing>> {
	const fresh = await claim.row.record(claim.place, keys.map(begun));
	const isOurs = (key: string) => fresh.has(begun(key));
	const standings = await ask(
		claim,
		keys.filter((key) => !isOurs(key)),
	);
	for (const key of keys.filter(isOurs)) standings.set(key, 'ours');
	return standings;
}

/**
 * Tells accepted from begun. Asking for a mark records it, so each question leaves `asked` beside it:
 * an answer counts only for who finds no `asked` there. It is taken back where the answer was
 * accepted, and stays where it was not, because then `accepted` is only there by the question.
 */
async function ask({ row, place, isKnown }: Claim, keys: string[]): Promise<Map<string, Standing>> {
	const standings = new Map<string, Standing>();
	for (const key of keys) standings.set(key, isKnown(key) ? 'accepted' : 'begun');
	let open = keys.filter((key) => !isKnown(key));
	for (const waitMs of QUESTIONS_AFTER_MS) {
		if (open.length === 0) break;
		await sleep(waitMs);
		const fresh = await row.record(
			place,
			open.flatMap((key) => [accepted(key), asked(key)]),
		);
		const yes = open.filter((key) => fresh.has(asked(key)) && !fresh.has(accepted(key)));
		for (const key of yes) standings.set(key, 'accepted');
		await row.remove(place, yes.map(asked));
		// Somebody else is just asking, or once heard that it was only begun.
		open = open.filter((key) => !fresh.has(asked(key)));
	}
	return standings;
}
