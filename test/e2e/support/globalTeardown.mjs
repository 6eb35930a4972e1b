import { started } from './globalSetup.mjs';

export default async function globalTeardown() {
	// The last first: nothing loses what it stands on.
	for (const stop of started.reverse()) await stop();
}
