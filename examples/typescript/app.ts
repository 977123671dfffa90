import { App } from 'aws-cdk-lib';
import { RestoreStack } from './restore-stack';

const app = new App();
new RestoreStack(app, 'Restore');
