// Reading a submission so that every broken field and every broken rule is named at once.
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { brokenSubmission, type Submission, type SubmissionRulesContext } from '../domain/submission';
import { topCode } from '../domain/top-code';
import { brokenFields, withoutNulls } from './broken-fields';
import { NO_ADDRESS, submissionDraftSchema, submissionSchema } from './submission-schema';

/**
 * Parses and normalises a submission.
 * @param today in Bangkok, `YYYY-MM-DD`
 * @throws Refused 422: the plain code for broken fields, a refusal code where all that is broken is told by it
 */
export function parseSubmission(raw: unknown, context: SubmissionRulesContext, today: string): Submission {
  const given = withoutNulls(raw);
  const parsed = submissionSchema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = [...brokenFields(parsed.error).map(withGuidance), ...brokenSubmission(submissionDraftSchema.parse(given), context, today)];
  throw new Refused(topCode(errors), { errors: withoutRepeats(errors) });
}

/** R2.2: who leaves the address out is told what to do, as who leaves it blank. */
function withGuidance(error: BrokenRule): BrokenRule {
  return error.path === 'registrant.email' && error.code === 'REQUIRED' ? { ...error, message: NO_ADDRESS } : error;
}

/** A missing part breaks its shape and perhaps a rule: one complaint for each place and code is enough. */
function withoutRepeats(errors: BrokenRule[]): BrokenRule[] {
  return [...new Map(errors.map((error) => [`${error.path} ${error.code}`, error])).values()];
}
