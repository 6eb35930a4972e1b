/** How networks cut SMS. Bundled at build: an installed package has no dependencies. */
export { SegmentedMessage } from 'sms-segments-calculator';
