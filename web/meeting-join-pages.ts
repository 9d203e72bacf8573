// /register: a school registers by the code shown in the room (R2.4). The code opens nothing else: whoever has it registers as
// everybody does, and is counted with the room.
import express, { type Request, type Router } from 'express';
import { Refused } from '../domain/refused';
import { formTexts } from './form-id';
import { SCHOOLS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { LONGEST_QUERY, textOf } from './query-text';
import { drafting } from './registration-draft';
import { assistedAddress, isOfficer, registerAddress } from './registration-pages';
import { render } from './render';
import { findSchool } from './school-pages';

/** The page of the code, and the beginning of a registration by it. */
export function meetingJoinPages(services: PageServices): Router {
  const { queries, limiters } = services;
  const drafts = drafting(services);
  const router = express.Router();

  router.get('/register', async (request, response) => {
    const code = textOf(request.query['meeting']).slice(0, LONGEST_QUERY);
    const meeting = code === '' ? null : await queries.meetingByCode(code);
    if (!meeting) {
      if (code !== '') await countGuess(request);
      return render(response, 'meeting-code', { code, unknown: code !== '' }, code === '' ? 200 : 422);
    }
    const q = textOf(request.query['q']).slice(0, LONGEST_QUERY);
    const cursor = textOf(request.query['cursor']) || undefined;
    const found = await queries.schools({ district: meeting.districtCode, cursor, limit: SCHOOLS_A_PAGE, ...(q.trim() !== '' && { q }) }, null);
    render(response, 'meeting-join', { meeting, q, found });
  });
  router.post('/schools/:code/register/meeting', async (request, response) => {
    const meeting = await queries.meetingByCode(formTexts(request.body)['meeting'] ?? '');
    if (!meeting) {
      await countGuess(request);
      return render(response, 'meeting-code', { code: '', unknown: true }, 422);
    }
    if (await isOfficer(services, request)) return response.redirect(303, assistedAddress(request.params.code));
    await limiters.submitAtMeeting(meeting.id, request.ip ?? '');
    const school = await findSchool(queries, request.params.code);
    if (school.district?.code !== meeting.districtCode) throw new Refused('FORBIDDEN');
    const open = await drafts.begin(request, response, school.code);
    await drafts.save({ ...open, draft: { ...open.draft, meetingCode: meeting.joinCode } });
    response.redirect(303, registerAddress(school.code, 'capacity'));
  });

  /** Whoever tries codes is counted as whoever submits (`LIMIT_SUBMIT`, docs/operations.md). @throws Refused RATE_LIMITED */
  async function countGuess(request: Request): Promise<void> {
    await limiters.submit(request.ip ?? '');
  }
  return router;
}
