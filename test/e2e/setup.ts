import { bootstrap } from './cdk';

/** What jest does before all tests. */
export default bootstrap;
