import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type {
	ICredentialType,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	LoadedClass,
} from 'n8n-workflow';
import { core, n8nWorkflow, nodeRequire } from './n8n';
import { standIns } from './stand-ins';

type AnyNodeType = INodeType | IVersionedNodeType;
export type ExtraNodeTypes = Record<string, INodeType>;

/** The built package as n8n's loader sees it, and the few nodes of n8n that tests need around it. */
export interface Installation {
	packageName: string;
	nodeTypes: INodeTypes;
	/** `bird` → `n8n-nodes-unified-messaging.bird`; a full name stays. */
	fullName(type: string): string;
	credentialType(name: string): LoadedClass<ICredentialType>;
	/** Full names of the nodes that declare the credential. */
	supportedNodes(credential: string): string[];
	parentTypes(credential: string): string[];
}

function forget(packageDir: string) {
	for (const file of Object.keys(nodeRequire.cache)) {
		if (file.startsWith(packageDir + sep) && !file.startsWith(join(packageDir, 'node_modules'))) {
			delete nodeRequire.cache[file];
		}
	}
}

/** n8n gives a node without `execute` its routing engine; n8n-core alone would run it uncancellable. */
function withRouting(nodeType: INodeType, isRouted: boolean): INodeType {
	if (isRouted) delete nodeType.customOperations;
	const declarative = nodeType.description.requestDefaults !== undefined;
	const hasAWayToRun = nodeType.execute ?? nodeType.supplyData ?? nodeType.poll ?? nodeType.trigger;
	const routed = !nodeType.webhook || declarative;
	if (!hasAWayToRun && routed && (!nodeType.methods || declarative)) {
		nodeType.execute = async function () {
			return (await new core.RoutingNode(this as never, nodeType).runNode()) ?? [];
		};
	}
	return nodeType;
}

export async function install(
	packageDir: string,
	extra: ExtraNodeTypes = {},
	isRouted = false,
): Promise<Installation> {
	// Loading it afresh gives module-level state of its own, like a second n8n process.
	forget(packageDir);
	const loader = new core.PackageDirectoryLoader(packageDir);
	const { n8n, name: packageName } = loader.packageJson;
	for (const file of [...(n8n?.nodes ?? []), ...(n8n?.credentials ?? [])]) {
		if (!existsSync(join(packageDir, file))) {
			throw new Error(`${file} is not built. Run \`npm run build\` first.`);
		}
	}
	await loader.loadAll();

	const others: ExtraNodeTypes = { ...standIns, ...extra };
	const prefix = `${packageName}.`;
	const getByName = (type: string): AnyNodeType => {
		if (type.startsWith(prefix)) return loader.getNode(type.slice(prefix.length)).type;
		const other = others[type];
		if (!other) {
			throw new Error(
				`There is no stand-in for ${type}. Add it to test/engine/support/stand-ins.ts or pass it as loadEngine({ nodeTypes }).`,
			);
		}
		return other;
	};

	return {
		packageName,
		nodeTypes: {
			getByName,
			getByNameAndVersion: (type, version) =>
				withRouting(
					n8nWorkflow.NodeHelpers.getVersionedNodeType(getByName(type), version),
					isRouted,
				),
			getKnownTypes: () => ({}),
		},
		fullName: (type) => (type.includes('.') ? type : prefix + type),
		credentialType: (name) => loader.getCredential(name),
		supportedNodes: (credential) =>
			(loader.known.credentials[credential]?.supportedNodes ?? []).map((node) => prefix + node),
		parentTypes: (credential) => loader.known.credentials[credential]?.extends ?? [],
	};
}
