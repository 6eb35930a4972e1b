import { Refusal } from '../../core/refusal';
import type { Call } from '../../core/vendor';
import type { Channel } from './demo';
import { conflict, missing } from './errors';
import type { BirdState } from './state';

export function channelOf({ state, params }: Call<BirdState>): Channel {
	const channel = state.channels.get(params.channelId ?? '');
	if (!channel) throw new Refusal(missing('channel'));
	return channel;
}

export function openChannelOf(call: Call<BirdState>): Channel {
	const channel = channelOf(call);
	if (channel.status !== 'active') throw new Refusal(conflict('The channel is not active'));
	return channel;
}
