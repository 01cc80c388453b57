import type { Context } from '../../api/context.ts';
import { deliverMailJob, retryMailJob } from '../../api/mail/mail.jobs.ts';
import type { JobInput } from '../../api/queues/jobs.ts';
import { defineProcessor } from '../registry.ts';

const run = async (ctx: Context, { signal }: JobInput<unknown>): Promise<void> => {
  const sent = await ctx.mail.deliverDue(signal);
  if (sent > 0) ctx.log.info({ sent }, 'mails sent');
};

export const deliverMailProcessor = defineProcessor({ job: deliverMailJob, run });
export const retryMailProcessor = defineProcessor({ job: retryMailJob, run });
