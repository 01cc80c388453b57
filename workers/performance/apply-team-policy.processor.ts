import { applyTeamPolicyJob } from '../../api/performance/performance.events.ts';
import { defineProcessor } from '../registry.ts';

export const applyTeamPolicyProcessor = defineProcessor({
  job: applyTeamPolicyJob,
  run: (ctx, { payload }) => ctx.recomputation.applyTeamPolicy(payload.payload.teamId),
});
