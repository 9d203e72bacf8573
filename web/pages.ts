// The server-rendered pages: over the same commands and queries as the API, working without JavaScript.
import compression from 'compression';
import express, { type RequestHandler, type Router } from 'express';
import type { Commands } from '../commands/commands';
import type { DraftStore } from '../commands/drafts';
import type { Limiters } from '../commands/limits';
import type { Config } from '../config';
import { Refused } from '../domain/refused';
import { keptDays } from '../domain/retention';
import type { Queries } from '../queries/queries';
import { administratorPages } from './administrator-pages';
import { approverEndingPages } from './approver-ending-pages';
import { assets } from './assets';
import { assistingPages } from './assisting-pages';
import { closingPages } from './closing-pages';
import { confirmationPages } from './confirmation-pages';
import { correctionPages } from './correction-pages';
import { decidingManyPages } from './deciding-many-pages';
import { decisionPages } from './decision-pages';
import { erasurePages } from './erasure-pages';
import type { LogUnexpected, RefusalOf } from './failure';
import { failurePage } from './failure-page';
import { meetingJoinPages } from './meeting-join-pages';
import { meetingPages } from './meeting-pages';
import { objectionPages } from './objection-pages';
import { officeCasePages } from './office-case-pages';
import { officePages } from './office-pages';
import { officePeoplePages } from './office-people-pages';
import { officeRosterPages } from './office-roster-pages';
import { passwordPages } from './password-pages';
import { registrationPages } from './registration-pages';
import { registrationSending } from './registration-sending';
import { rosterAddingPages } from './roster-adding-pages';
import { rosterCheckPages } from './roster-check-pages';
import { rosterPages } from './roster-pages';
import { rosterPersonPages } from './roster-person-pages';
import { refuseCrossSite } from './same-origin';
import { schoolPages } from './school-pages';
import { settingsPages } from './settings-pages';
import { sheetPages } from './sheet-pages';
import { signInPages } from './sign-in-pages';
import { trackingPages } from './tracking-pages';
import { transferPages } from './transfer-pages';
import { transferRequestPages } from './transfer-request-pages';
import { transferStepPages } from './transfer-step-pages';

/** What the pages are given. */
export interface PageServices {
  config: Config;
  commands: Commands;
  queries: Queries;
  drafts: DraftStore;
  limiters: Limiters;
  /** Tells an outage from a fault. */
  refusalOf: RefusalOf;
  /** For a failure that is told within a page; others reach the service's last handler. */
  logUnexpected: LogUnexpected;
}

/** X7: every page says for how long personal data is kept. */
function privacyNotice({ retention }: Config): RequestHandler {
  const kept = { closedDays: keptDays(retention.closedMs), evidenceDays: keptDays(retention.evidenceMs) };
  return (_request, response, next) => {
    response.locals['kept'] = kept;
    next();
  };
}

/** All pages, as one router, to stand behind the JSON API (R3.4, R4.2, R4.3). */
export function createPages(services: PageServices): Router {
  const router = express.Router();
  router.use(compression(), assets());
  router.use(privacyNotice(services.config));
  router.use(refuseCrossSite(services.config));
  // Its forms are longer than all others.
  router.use(rosterCheckPages(services));
  router.use(express.urlencoded({ extended: false, limit: '100kb' }));
  router.use(schoolPages(services), objectionPages(services), administratorPages(services), meetingJoinPages(services));
  router.use(registrationSending(services), registrationPages(services));
  router.use(signInPages(services), officePages(services), officeCasePages(services), decisionPages(services), decidingManyPages(services));
  router.use(officePeoplePages(services), approverEndingPages(services), assistingPages(services), meetingPages(services));
  router.use(rosterPages(services), rosterAddingPages(services), rosterPersonPages(services));
  router.use(officeRosterPages(services), erasurePages(services), settingsPages(services), closingPages(services));
  router.use(sheetPages(services), transferRequestPages(services), transferPages(services), transferStepPages(services));
  router.use(passwordPages(services), confirmationPages(services), correctionPages(services), trackingPages(services));
  router.use((request, _response, next) => {
    // Programs at a wrong address get the API's own answer.
    next(request.accepts(['json', 'html']) === 'html' ? new Refused('NOT_FOUND') : undefined);
  });
  router.use(failurePage(services.refusalOf));
  return router;
}
