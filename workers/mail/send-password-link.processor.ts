import { sendPasswordLinkJob } from '../../api/auth/password.jobs.ts';
import { defineProcessor } from '../registry.ts';

export const sendPasswordLinkProcessor = defineProcessor({
  job: sendPasswordLinkJob,
  run: (ctx, { payload: { payload } }) => ctx.passwords.sendForgotten(payload.login),
});
