import { bootstrap } from './cdk';
import useTemporaryFolder from '../support/temporary-folder';

/** What jest does before all tests. */
export default async function setUp(): Promise<void> {
  useTemporaryFolder();
  await bootstrap();
}
