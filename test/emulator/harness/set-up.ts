import { makePythonTools } from './python-tools';

/** Once a run, before any suite. */
export default makePythonTools;
