import { version } from '../package.json';

/** The version of this program, as its reports state it. */
export const VERSION: string = version;
