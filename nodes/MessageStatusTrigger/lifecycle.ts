import {
	type IDataObject,
	type IHookFunctions,
	NodeApiError,
	NodeOperationError,
	UserError,
} from 'n8n-workflow';

import { askVendor, isTemporary } from '../delivery/http/askVendor';
import { requireBaseUrl } from '../input/baseUrl';
import { InvalidInput } from '../input/invalidInput';
import { isOnTheInternet, unfitAddress } from '../webhook/address';
import { EndlessList } from '../webhook/pages';
import type {
	Activation,
	Registrar,
	VendorRegistration,
	WebhookVendor,
} from '../webhook/webhookVendor';
import { chosenVendor, parametersOf } from './chosenVendor';
import { log } from './log';

/** Starts that nobody is looking at: what was registered before n8n stopped is registered still. */
const UNATTENDED = ['init', 'leadershipChange'];

/** All that is asked of a vendor to switch a workflow on or off must be over by then. */
const TIME_LIMIT_MS = 30_000;

const CHECK_BASE_URL = 'Check the Base URL in the credential, or try again later.';

/**
 * Whether the vendor delivers to this node's URL as it is set up now. When n8n starts and the vendor
 * cannot be asked, what is remembered counts, so that an outage there does not switch workflows off.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const vendor = chosenVendor(context);
	const activation = await activationOf(context, vendor);
	check(context, vendor, activation);
	tellOfLeftovers(context, vendor, activation);
	const { registration } = vendor;
	if (registration === undefined) return true;
	const asked = await registration.exists(registrarOf(context, activation, registration)).then(
		(exists) => ({ exists }),
		(error: unknown) => ({ error }),
	);
	if ('exists' in asked) return asked.exists;
	const isRemembered = activation.remembered.url === activation.url;
	const isUnattended = UNATTENDED.includes(context.getActivationMode());
	const saysNothing = isTemporary(asked.error) || asked.error instanceof EndlessList;
	if (!isRemembered || !isUnattended || !saysNothing) throw shown(context, vendor, asked.error);
	log(
		context,
		'warn',
		`could not ask ${vendor.displayName} about its webhook and takes it for registered: ${wordsOf(asked.error)}`,
	);
	return true;
}

/** Registers what is missing and keeps in n8n's static data what signatures are checked with. */
export async function register(context: IHookFunctions): Promise<boolean> {
	const vendor = chosenVendor(context);
	const activation = await activationOf(context, vendor);
	check(context, vendor, activation);
	const { registration } = vendor;
	if (registration === undefined) return true;
	const remember = await registration
		.register(registrarOf(context, activation, registration))
		.catch((error: unknown) => {
			throw isTemporary(error)
				? shown(context, vendor, error)
				: explained(context, vendor, registration, activation, error);
		});
	const stored = context.getWorkflowStaticData('node');
	forget(stored);
	Object.assign(stored, { vendor: vendor.value, ...remember });
	return true;
}

/**
 * Removes what stands at the vendor for this URL. Where that fails, what is remembered stays, so that
 * the next activation can go on with it; n8n switches the workflow off all the same.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const vendor = chosenVendor(context);
	const { registration } = vendor;
	if (registration === undefined) return true;
	const failure = await activationOf(context, vendor)
		.then(async (activation) => {
			await registration.unregister(registrarOf(context, activation, registration));
		})
		.then(
			() => undefined,
			(error: unknown) => wordsOf(error),
		);
	if (failure === undefined) {
		forget(context.getWorkflowStaticData('node'));
		return true;
	}
	log(
		context,
		'error',
		`could not remove its webhook at ${vendor.displayName}: ${failure}. Its deliveries are refused; the next activation cleans up.`,
	);
	return false;
}

/**
 * What is remembered of another vendor or another address is not this workflow's to remove: n8n may
 * have moved, but the workflow may as well be a copy of one that is in use.
 */
function tellOfLeftovers(
	context: IHookFunctions,
	vendor: WebhookVendor,
	{ url }: Activation,
): void {
	const stored = context.getWorkflowStaticData('node');
	// While n8n listens for a test event, the address is another for as long as that takes.
	if (stored.vendor === undefined || context.getActivationMode() === 'manual') return;
	if (stored.vendor === vendor.value && stored.url === url) return;
	log(
		context,
		'warn',
		`remembers a webhook at ${String(stored.vendor)} that delivers to ${String(stored.url)}. It leaves it alone, because it may belong to a workflow that this one is a copy of. If nothing uses that address any more, remove the webhook there by hand.`,
	);
}

async function activationOf(context: IHookFunctions, vendor: WebhookVendor): Promise<Activation> {
	const url = context.getNodeWebhookUrl('default');
	if (!url) throw new NodeOperationError(context.getNode(), 'n8n gives the webhook no address');
	const stored = context.getWorkflowStaticData('node');
	return {
		url,
		workflowName: context.getWorkflow().name ?? '',
		credentials: await context.getCredentials(vendor.credential),
		remembered: stored.vendor === vendor.value && stored.url === url ? stored : {},
		parameter: parametersOf(context),
	};
}

function registrarOf(
	context: IHookFunctions,
	activation: Activation,
	{ api }: VendorRegistration,
): Registrar {
	const { credentials } = activation;
	const deadline = AbortSignal.timeout(TIME_LIMIT_MS);
	return {
		...activation,
		ask: async (request, more) =>
			await askVendor({ context, api, credentials, deadline, ...more }, request),
	};
}

/** @throws NodeOperationError for settings that cannot work, before anything is asked */
function check(context: IHookFunctions, vendor: WebhookVendor, activation: Activation): void {
	const problem = problemOf(vendor, activation);
	if (problem === undefined) return;
	// An expression that cannot be evaluated speaks for itself.
	throw problem instanceof InvalidInput ? shown(context, vendor, problem) : problem;
}

function problemOf(vendor: WebhookVendor, activation: Activation): unknown {
	try {
		vendor.check(activation);
	} catch (error) {
		return error;
	}
	return vendor.registration && problemAt(vendor, vendor.registration, activation);
}

/** What keeps a vendor that has an API for it from being asked, or from delivering here. */
function problemAt(
	{ displayName }: WebhookVendor,
	{ address }: VendorRegistration,
	{ url, credentials }: Activation,
): unknown {
	try {
		const baseUrl = requireBaseUrl(credentials.baseUrl);
		return address.fits(url) || !isOnTheInternet(baseUrl)
			? undefined
			: unfitAddress(displayName, address, url);
	} catch (error) {
		return error;
	}
}

/** What a vendor says of an address that it refuses is said in plain words, and its own come second. */
function explained(
	context: IHookFunctions,
	vendor: WebhookVendor,
	{ address }: VendorRegistration,
	{ url }: Activation,
	error: unknown,
): Error {
	if (!(error instanceof NodeApiError) || address.fits(url)) return shown(context, vendor, error);
	const vendorSays = `${error.message}. ${error.description ?? ''}`.trim();
	if (!/\b(url|endpoint|address)/i.test(vendorSays)) return error;
	const { message, cure } = unfitAddress(vendor.displayName, address, url);
	return new NodeOperationError(context.getNode(), message, {
		description: `${cure} ${vendorSays}`,
	});
}

/** An error as n8n's editor shows it. */
function shown(context: IHookFunctions, vendor: WebhookVendor, error: unknown): Error {
	if (error instanceof NodeApiError || error instanceof UserError) return error;
	const name = vendor.displayName;
	const [message, description] =
		error instanceof InvalidInput
			? [error.message, error.cure]
			: error instanceof EndlessList
				? [`${name} could not be asked: ${error.message}`, CHECK_BASE_URL]
				: [`${name} gave an answer that cannot be read`, CHECK_BASE_URL];
	return new NodeOperationError(context.getNode(), message, { description });
}

function forget(stored: IDataObject): void {
	for (const key of Object.keys(stored)) delete stored[key];
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
