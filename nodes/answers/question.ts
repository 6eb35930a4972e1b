import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../input/blank';
import { requireChoice } from '../input/choice';
import { type Draft, optionsOf } from '../input/draft';
import { isPlainObject } from '../input/json';
import { optionalText } from '../input/text';
import { LANGUAGES, type Language, textsIn } from './languages';
import { readTimeLimit, type TimeLimit } from './timeLimit';

/** What a person is asked, as the page shows it. Kept with the execution: everything in it is JSON. */
export interface Question {
	kind: 'approval' | 'freeText';
	language: Language;
	/** Undefined where the page has no title of its own. */
	title?: string;
	/** What was sent, where the page is to show it too. */
	message?: string;
	approve: string;
	/** Undefined where the answer can only be yes. */
	decline?: string;
	/** Whether there is room for words beside the buttons. */
	takesWords: boolean;
	/** On the button below a text. */
	submit: string;
	/** How long the answer counts; undefined for as long as it takes. */
	limit?: TimeLimit;
}

/**
 * Reads what the page shows. The names of the parameters are those of n8n's own nodes: n8n makes the
 * human-review tools of AI agents by them.
 *
 * @throws InvalidInput naming the field that cannot be used
 */
export function readQuestion(draft: Draft): Question {
	const { approvalOptions, message, responseType } = draft;
	const set = isPlainObject(approvalOptions) ? approvalOptions.values : {};
	const approval = isPlainObject(set) ? set : {};
	const options = optionsOf(draft);
	const language = isBlank(options.pageLanguage)
		? 'en'
		: requireChoice('Page Language', options.pageLanguage, LANGUAGES);
	const kind = requireChoice('Response Type', responseType ?? 'approval', [
		'approval',
		'freeText',
	] as const);
	const texts = textsIn(language);
	const isDouble = kind === 'approval' && approval.approvalType === 'double';
	return withoutUndefined({
		kind,
		language,
		title: optionalText('Page Title', options.responseFormTitle),
		message: options.showMessage === true ? optionalText('Message', message) : undefined,
		approve: optionalText('Approve Button Label', approval.approveLabel) ?? texts.approve,
		decline: isDouble
			? (optionalText('Disapprove Button Label', approval.disapproveLabel) ?? texts.decline)
			: undefined,
		takesWords: isDouble && approval.askForWords !== false,
		submit: optionalText('Submit Button Label', options.responseFormButtonLabel) ?? texts.submit,
		limit: readTimeLimit(options.limitWaitTime, draft.workflowTimezone),
	});
}

function withoutUndefined(question: Question): Question {
	const entries = Object.entries(question as unknown as IDataObject);
	return Object.fromEntries(
		entries.filter(([, value]) => value !== undefined),
	) as unknown as Question;
}
