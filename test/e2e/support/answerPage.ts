import axios from 'axios';

import type { SandboxClient } from '../../../sandbox/client';
import { until } from '../../../scripts/run/until.mjs';

/** The link in the newest message that asks a person. */
export async function linkSentTo(vendor: SandboxClient): Promise<string> {
	return await until(
		async () => {
			const sent = JSON.stringify((await vendor.messages()).map(({ content }) => content));
			return sent.match(/https?:\/\/[^\s"\\]*webhook-waiting[^\s"\\]*/g)?.at(-1);
		},
		{ what: 'The question is sent', timeoutMs: 20_000 },
	);
}

/** A person's phone: what looks like a program that previews links is shown nothing by some. */
const phone = axios.create({
	proxy: false,
	headers: {
		'user-agent':
			'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
	},
});

const attribute = (tag: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1];
const unescaped = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** What a browser sends when somebody writes words, if any, and presses the button. */
export async function press(link: string, label: string, words?: string): Promise<void> {
	// A message is sent a moment before n8n has stored that the execution waits, and says 500 till then.
	const page = await until(
		async () => {
			const { status, data } = await phone.get<string>(link, { validateStatus: () => true });
			return status === 200 ? data : undefined;
		},
		{ what: 'The page is there', timeoutMs: 20_000 },
	);
	const forms = [...page.matchAll(/<form\b[^>]*>[^]*?<\/form>/g)].map(([form]) => form);
	const form = forms.find((one) => one.includes(`>${label}<`));
	if (form === undefined) throw new Error(`No button "${label}" in ${page}`);
	const sent = new URLSearchParams();
	for (const [field] of form.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
		const name = attribute(field, 'name');
		if (name === undefined) continue;
		const isHidden = attribute(field, 'type') === 'hidden';
		sent.set(name, isHidden ? unescaped(attribute(field, 'value') ?? '') : (words ?? ''));
	}
	const button = [...form.matchAll(/<button\b[^>]*>/g)]
		.map(([tag]) => tag)
		.find((tag) => form.includes(`${tag}${label}<`));
	const name = button && attribute(button, 'name');
	if (name) sent.set(name, unescaped(attribute(button, 'value') ?? ''));
	const action = attribute(form, 'action');
	await phone.post(action ? new URL(unescaped(action), link).href : link, sent);
}
