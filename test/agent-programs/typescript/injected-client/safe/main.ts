import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BedrockModel } from './model.js';
import { OpsAgent } from './ops.js';

const agent = new OpsAgent(new BedrockModel(new BedrockRuntimeClient({ region: 'eu-central-1' })));
await agent.handle(process.argv[2]);
