import { type Contract, loadContract } from './contract';
import { Faults } from './faults';
import { Journal, maskSecrets } from './journal';
import { Ledger } from './ledger';
import { Limits } from './limits';
import { Progress } from './progress';
import { Stats } from './stats';
import type { Room, SandboxVendor, Setting } from './vendor';
import { Webhooks } from './webhooks';

/** Settings that every vendor has. */
const commonSettings = {
	/** Statuses advance by themselves. */
	autoAdvance: true,
	/** The pause before each step of a message's status. */
	stepMs: 300,
	/** Instead of the vendor's own pause before a webhook is sent again; 0 keeps that. */
	webhookRetryMs: 0,
	/** Webhooks also go to addresses that are not on this machine. */
	deliverAnywhere: false,
};

/** Everything that one running sandbox keeps for one vendor. */
export class Desk {
	readonly contract: Contract;
	readonly faults = new Faults();
	readonly journal = new Journal();
	readonly ledger = new Ledger();
	readonly limits: Limits;
	readonly stats = new Stats();
	readonly progress: Progress;
	readonly webhooks: Webhooks;
	readonly room: Room;
	/** Added to the time of every answer. */
	latencyMs = 0;
	private readonly settings: Record<string, Setting> = {};

	constructor(
		readonly vendor: SandboxVendor,
		baseUrl: string,
		private readonly startSettings: Record<string, Setting>,
	) {
		this.contract = loadContract(vendor.name);
		this.limits = new Limits(vendor.limits);
		this.webhooks = new Webhooks(vendor.webhooks, this.settings);
		this.progress = new Progress(
			(messageId, status) => vendor.statuses?.apply(this.room, messageId, status),
			this.settings,
		);
		this.room = {
			vendor: vendor.name,
			baseUrl,
			state: vendor.createState(),
			settings: this.settings,
			check: (schema, value) => this.contract.checkSchema(schema, value),
			accept: (message, call) =>
				this.ledger.add({
					...message,
					vendor: vendor.name,
					operationId: call.operationId,
					arrivedAt: call.receivedAt,
					request: call.body,
					headers: maskSecrets(call.headers, vendor.secretHeaders),
				}),
			follow: (messageId, steps) => this.progress.follow(messageId, steps),
			unfollow: (messageId) => this.progress.unfollow(messageId),
			webhooks: this.webhooks,
		};
		this.defaultSettings();
	}

	/** Changes settings, all or none. Returns what is wrong with them, if anything. */
	configure(settings: Record<string, Setting>): string | undefined {
		const unknown = Object.keys(settings).filter((name) => !(name in this.settings));
		if (unknown.length > 0) {
			const known = Object.keys(this.settings).join(', ');
			return `${unknown.join(', ')}: no such setting; there are ${known}`;
		}
		for (const [name, choices] of Object.entries(this.vendor.choices ?? {})) {
			if (name in settings && !choices.includes(String(settings[name]))) {
				return `${name}: one of ${choices.join(', ')}`;
			}
		}
		Object.assign(this.settings, settings);
		return undefined;
	}

	reset(): void {
		this.progress.clear();
		this.webhooks.clear();
		this.faults.clear();
		this.journal.clear();
		this.ledger.clear();
		this.limits.reset();
		this.stats.clear();
		this.latencyMs = 0;
		this.room.state = this.vendor.createState();
		this.defaultSettings();
	}

	close(): void {
		this.progress.clear();
		this.webhooks.close();
	}

	private defaultSettings(): void {
		const shared = { ...commonSettings, ...this.vendor.settings };
		Object.assign(this.settings, shared);
		for (const [name, value] of Object.entries(this.startSettings)) {
			if (name in this.settings) this.settings[name] = value;
		}
	}
}
