import { App } from 'aws-cdk-lib';
import { CacheAccessStack } from './cache-access-stack';

const app = new App();
new CacheAccessStack(app, 'CacheAccess');
