import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020, { type Options } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { dereferenceSync } from 'dereference-json-schema';
import { type Document, type Operation, OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';
import { parse } from 'yaml';

import type { Issue } from './vendor';

export interface IncomingRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[]>;
	body: unknown;
}

export interface Route {
	operationId: string;
	/** True for operations with `security: []`. */
	open: boolean;
	params: Record<string, string>;
	operation: Operation;
}

/** One vendor's OpenAPI document, ready to route and to check requests and answers. */
export class Contract {
	private readonly router: OpenAPIRouter;
	private readonly validator: OpenAPIValidator;
	private readonly schemas: Ajv2020;

	constructor(source: Document) {
		const document = dereferenceSync(source as never) as unknown as Document;
		this.schemas = newAjv().addSchema(source, 'contract', false, false);
		this.router = new OpenAPIRouter({ definition: document, ignoreTrailingSlashes: false });
		// The router builds this list anew for every request; the document does not change.
		const operations = this.router.getOperations();
		this.router.getOperations = () => operations;
		this.validator = new OpenAPIValidator({
			definition: document,
			router: this.router,
			lazyCompileValidators: true,
			coerceTypes: true,
			customizeAjv: (_ajv, options) => newAjv(options) as never,
		});
	}

	get operationIds(): string[] {
		return this.router.getOperations().map((operation) => operation.operationId ?? '');
	}

	match(request: IncomingRequest): Route | 'no such path' | 'no such method' {
		let operation: Operation | undefined;
		try {
			operation = this.router.matchOperation(request, true);
		} catch (error) {
			return (error as Error).message.startsWith('405') ? 'no such method' : 'no such path';
		}
		if (!operation) return 'no such path';
		return {
			operationId: operation.operationId ?? '',
			open: (operation.security ?? []).length === 0,
			params: { ...(this.router.parseRequest(request, operation).params as object) },
			operation,
		};
	}

	/** What does not fit, and the query coerced to the declared types. */
	check(request: IncomingRequest, route: Route): { issues: Issue[]; query: object } {
		const { errors, coerced } = this.validator.validateRequest(request as never, route.operation);
		return {
			issues: (errors ?? []).map(toIssue),
			query: (coerced?.query as object | undefined) ?? request.query,
		};
	}

	acceptsContentType(route: Route, contentType: string | undefined): boolean {
		const content = (route.operation.requestBody as { content?: object } | undefined)?.content;
		const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
		return !content || Object.keys(content).includes(mediaType);
	}

	/** How a value breaks a schema of `components.schemas`. */
	checkSchema(name: string, value: unknown): Issue[] {
		const validate = this.schemas.getSchema(`contract#/components/schemas/${name}`);
		if (!validate) throw new Error(`no schema ${name} in the contract`);
		validate(value);
		return (validate.errors ?? []).map((error) =>
			toIssue({ ...error, instancePath: `/requestBody${error.instancePath}` }),
		);
	}

	/** What an answer of the sandbox itself would break in its own contract. */
	checkAnswer(status: number, body: unknown, route: Route): string[] {
		if (!Object.keys(route.operation.responses ?? {}).includes(String(status))) {
			return [`status ${status} is not in the contract`];
		}
		if (body === undefined) return [];
		const { errors } = this.validator.validateResponse(body, route.operation, status);
		return (errors ?? []).map(
			({ instancePath, message, params }) =>
				`${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
		);
	}
}

const newAjv = (options?: Options): Ajv2020 =>
	addFormats(
		new Ajv2020({
			...options,
			strict: false,
			allErrors: true,
			discriminator: true,
			// Optimising the generated code takes longer than it ever saves in a sandbox.
			code: { optimize: false },
		}),
	);

function toIssue(error: {
	instancePath: string;
	keyword: string;
	message?: string;
	params: object;
}): Issue {
	const [root, ...path] = error.instancePath
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
	return {
		// The validator wraps body and parameters in one object, from which a missing body is missing.
		in: root === 'requestBody' || !root ? 'body' : (root as Issue['in']),
		path: path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
		keyword: error.keyword,
		message: error.message ?? error.keyword,
		params: { ...error.params },
	};
}

/** Contracts never change while the process runs, and compiling them is the slow part of a start. */
const loaded = new Map<string, Contract>();

export function loadContract(vendor: string): Contract {
	let contract = loaded.get(vendor);
	if (!contract) {
		contract = new Contract(readContract(vendor));
		loaded.set(vendor, contract);
	}
	return contract;
}

export function readContract(vendor: string): Document {
	const file = join(__dirname, '..', 'contracts', `${vendor}.openapi.yaml`);
	return parse(readFileSync(file, 'utf8'), { merge: true }) as Document;
}
