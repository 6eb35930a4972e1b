import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
	NodeOperationError,
} from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { askVendor, isTemporary } from '../delivery/http/askVendor';
import { chosenVendor, parametersOf } from './chosenVendor';
import { log } from './log';
import type {
	Activation,
	Registrar,
	VendorRegistration,
	WebhookVendor,
} from '../webhook/webhookVendor';

/** Starts that nobody is looking at: what was registered before n8n stopped is registered still. */
const UNATTENDED = ['init', 'leadershipChange'];

/**
 * Whether the vendor delivers to this node's URL as it is set up now. When n8n starts and the vendor
 * cannot be asked, what is remembered counts, so that an outage there does not switch workflows off.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const vendor = chosenVendor(context);
	const activation = await activationOf(context, vendor);
	checked(context, vendor, activation);
	tellOfLeftovers(context, vendor);
	const { registration } = vendor;
	if (registration === undefined) return true;
	const asked = await registration.exists(registrarOf(context, activation, registration)).then(
		(exists) => ({ exists }),
		(error: unknown) => ({ error }),
	);
	if ('exists' in asked) return asked.exists;
	const isRemembered = activation.remembered.url === activation.url;
	const isUnattended = UNATTENDED.includes(context.getActivationMode());
	if (!isRemembered || !isUnattended || !isTemporary(asked.error)) throw asked.error;
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
	checked(context, vendor, activation);
	const { registration } = vendor;
	if (registration === undefined) return true;
	const remember = await registration.register(registrarOf(context, activation, registration));
	const stored = context.getWorkflowStaticData('node');
	forget(stored);
	Object.assign(stored, { vendor: vendor.value, ...remember });
	return true;
}

/**
 * Removes what stands at the vendor. Where that fails, what is remembered stays, so that the next
 * activation can go on with it; n8n switches the workflow off all the same.
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

/** A vendor that the user has changed from while it could not be reached still delivers. */
function tellOfLeftovers(context: IHookFunctions, vendor: WebhookVendor): void {
	const stored = context.getWorkflowStaticData('node');
	if (stored.vendor === undefined || stored.vendor === vendor.value) return;
	log(
		context,
		'warn',
		`was registered at ${String(stored.vendor)}, and that could not be undone. Remove the webhook to ${String(stored.url)} there by hand.`,
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
		remembered: stored.vendor === vendor.value ? stored : {},
		parameter: parametersOf(context),
	};
}

function registrarOf(
	context: IHookFunctions,
	activation: Activation,
	{ api }: VendorRegistration,
): Registrar {
	const { baseUrl }: ICredentialDataDecryptedObject = activation.credentials;
	return {
		...activation,
		ask: async (request, alsoFine) => await askVendor(context, api, baseUrl, request, alsoFine),
	};
}

/** @throws NodeOperationError for settings that cannot work */
function checked(context: IHookFunctions, vendor: WebhookVendor, activation: Activation): void {
	const problem = problemOf(() => vendor.check(activation));
	if (problem === undefined) return;
	if (!(problem instanceof InvalidInput)) throw problem;
	throw new NodeOperationError(context.getNode(), problem.message, { description: problem.cure });
}

function problemOf(check: () => void): unknown {
	try {
		check();
		return undefined;
	} catch (error) {
		return error;
	}
}

function forget(stored: IDataObject): void {
	for (const key of Object.keys(stored)) delete stored[key];
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
