import type { Operation } from '../../delivery/run/operation';
import { personal, type PersonalMessage, readPersonal } from '../personal';

/** One message to each input item. Votel takes several different recipients only as leads. */
export const toItems: Operation<PersonalMessage> = {
	...personal,
	input: (draft, { recipient }) => readPersonal(draft, recipient),
	bulk: { recipientOf: ({ recipient }) => recipient },
};
