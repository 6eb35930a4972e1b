import { Ledger } from '../../../bench/vendor/ledger';
import { sent } from '../../../bench/vendor/sent';

function sending(): { ledger: Ledger; send: (idempotencyKey?: string) => unknown } {
	const ledger = new Ledger();
	const answered = new Map();
	const request = { method: 'POST', path: '/v3/messages', body: { to: ['+14155550123'] } };
	const send = (idempotencyKey?: string) =>
		sent({ ...request, idempotencyKey, answered, ledger, subscriptions: new Map() });
	return { ledger, send };
}

it('Sent gives its first answer again to who repeats an idempotency key, and sends once', () => {
	const { ledger, send } = sending();
	expect(send('one')).toEqual(send('one'));
	expect(ledger.all).toEqual({ '+14155550123': 1 });
});

it('Sent takes requests with other keys, or with none, for new ones', () => {
	const { ledger, send } = sending();
	for (const key of ['one', 'two', undefined, undefined]) send(key);
	expect(ledger.all).toEqual({ '+14155550123': 4 });
});
