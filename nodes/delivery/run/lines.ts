import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { requireBaseUrl } from '../../input/baseUrl';
import { Stopped } from '../http/outcome';
import { Transport } from '../http/transport';
import type { VendorApi } from '../http/vendorApi';
import { accountOf } from '../pace/accounts';
import type { DeliveryPolicy } from '../pace/policy';
import { mayDifferByItem } from './credentialExpressions';
import type { Host } from './host';
import type { RunOptions } from './runOptions';

/**
 * The accounts that a run sends through. A credential may hold expressions, so that each item has
 * its own: then the address, the account and the key are the item's, never another's.
 */
export class Lines {
	private readonly transports = new Map<string, Transport>();

	private same: Promise<Transport> | undefined;

	private constructor(
		private readonly host: Host,
		private readonly api: VendorApi,
		private readonly policy: DeliveryPolicy,
		private readonly settings: Partial<IHttpRequestOptions>,
		private readonly stopsOnFailure: boolean,
		private readonly isSame: boolean,
	) {
		host.cancelSignal?.addEventListener('abort', this.cancel);
	}

	/** @param stopsOnFailure whether the first request that fails keeps back all others */
	static async open(
		host: Host,
		api: VendorApi,
		{ policy, settings }: RunOptions,
		stopsOnFailure: boolean,
	): Promise<Lines> {
		const isSame = !(await mayDifferByItem(host.of(0), api.credential));
		return new Lines(host, api, policy, settings, stopsOnFailure, isSame);
	}

	/** @throws what n8n throws where the item's credential cannot be had; InvalidInput for its Base URL */
	async of(itemIndex: number): Promise<Transport> {
		if (!this.isSame) return await this.lineOf(itemIndex);
		this.same ??= this.lineOf(0);
		return await this.same;
	}

	/** The one that all items share, once it is open: asking for it takes no time. */
	get known(): Transport | undefined {
		return this.isSame ? this.transports.values().next().value : undefined;
	}

	/** Sends nothing more, on any of them. */
	stop(reason?: Error): void {
		for (const transport of this.transports.values()) transport.stop(reason);
	}

	close(): void {
		this.host.cancelSignal?.removeEventListener('abort', this.cancel);
		for (const transport of this.transports.values()) transport.close();
	}

	private readonly cancel = (): void => {
		for (const transport of this.transports.values()) transport.cancel();
	};

	private async lineOf(itemIndex: number): Promise<Transport> {
		const { api, policy, settings, host } = this;
		const credentials = await host.of(itemIndex).getCredentials(api.credential);
		const key = accountKey(api, credentials);
		const known = this.transports.get(key);
		if (known) return known;
		const { limit, maxInFlight } = policy;
		const account = accountOf(accountName(api, credentials)).open({ limit, maxInFlight });
		const { logger } = host;
		const onFailure = () => {
			if (this.stopsOnFailure) this.stop(new Stopped());
		};
		const line = { api, credentials, policy, account, settings, logger, onFailure };
		const transport = new Transport(line);
		this.transports.set(key, transport);
		if (host.cancelSignal?.aborted) transport.cancel();
		return transport;
	}
}

/** All that decides where a request goes and as whom. */
function accountKey(api: VendorApi, credentials: ICredentialDataDecryptedObject): string {
	return hash([accountName(api, credentials), JSON.stringify(credentials)]);
}

/** What the vendor counts its limits by. */
function accountName(api: VendorApi, credentials: ICredentialDataDecryptedObject): string {
	return hash([api.provider, requireBaseUrl(credentials.baseUrl), api.account(credentials)]);
}

function hash(parts: string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}
