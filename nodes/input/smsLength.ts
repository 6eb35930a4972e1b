import { SegmentedMessage } from './libraries/smsSegments';

export interface SmsLength {
	/** GSM-7 takes 160 characters alone or 153 a part, UCS-2 70 or 67. */
	encoding: 'GSM-7' | 'UCS-2';
	/** How many SMS are charged for. */
	segments: number;
	/** How many of the encoding's units it takes: a € is 2 in GSM-7, an emoji 2 or more in UCS-2. */
	characters: number;
	/** The first character that is not in GSM-7, and so makes the message cost more than twice. */
	firstCostly?: string;
}

/** How long an SMS is for the networks. Source: 3GPP TS 23.038 and 23.040. */
export function smsLength(text: string): SmsLength {
	const message = new SegmentedMessage(text);
	const [firstCostly] = message.getNonGsmCharacters();
	const encoding = message.getEncodingName() === 'UCS-2' ? 'UCS-2' : 'GSM-7';
	return {
		encoding,
		segments: text === '' ? 0 : message.segmentsCount,
		characters: encoding === 'UCS-2' ? text.length : message.numberOfCharacters,
		...(encoding === 'UCS-2' && firstCostly !== undefined ? { firstCostly } : {}),
	};
}
