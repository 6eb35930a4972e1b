import { started } from './globalSetup.mjs';

export default async function globalTeardown() {
	await Promise.all(started.map((stop) => stop()));
}
