import fc from 'fast-check';
import { Alarms } from '../../../nodes/delivery/pace/alarms';
import { Fifo } from '../../../nodes/delivery/pace/fifo';

const action = fc.oneof(fc.constant('take' as const), fc.constant('clear' as const), fc.nat(9));

it('Fifo gives back what it was given, in this order', () => {
	fc.assert(
		fc.property(fc.array(action), (actions) => {
			const fifo = new Fifo<number>();
			const model: number[] = [];
			for (const act of actions) {
				if (act === 'take') expect(fifo.take()).toBe(model.shift());
				else if (act === 'clear') {
					fifo.clear();
					model.length = 0;
				} else {
					fifo.add(act);
					model.push(act);
				}
				expect([...fifo]).toEqual(model);
				expect(fifo.size).toBe(model.length);
				expect(fifo.at(0)).toBe(model[0]);
				expect(fifo.at(model.length - 1)).toBe(model[model.length - 1]);
				expect(fifo.at(model.length)).toBeUndefined();
			}
		}),
	);
});

it('Alarms wakes everybody in time, the soonest first', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(100))), (steps) => {
			const alarms = new Alarms<string>();
			const model: number[] = [];
			for (const [time, now] of steps) {
				alarms.set(time, `sleeper ${time}`);
				model.push(time);
				model.sort((a, b) => a - b);
				expect(alarms.soonest).toBe(model[0]);
				const due = model[0] <= now ? model.shift() : undefined;
				const expected = due === undefined ? undefined : { time: due, sleeper: `sleeper ${due}` };
				expect(alarms.takeDue(now)).toEqual(expected);
			}
			for (const time of model) expect(alarms.takeDue(100)?.time).toBe(time);
			expect(alarms.takeDue(100)).toBeUndefined();
			expect(alarms.soonest).toBe(Infinity);
		}),
	);
});
