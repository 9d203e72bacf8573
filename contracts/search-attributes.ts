// The search attributes by which operators find cases in the Temporal UI (docs/operations.md). Nothing personal.
import { defineSearchAttributeKey } from '@temporalio/common';

export const DpaStage = defineSearchAttributeKey('DpaStage', 'KEYWORD');
export const DpaSchool = defineSearchAttributeKey('DpaSchool', 'KEYWORD');
export const DpaDistrict = defineSearchAttributeKey('DpaDistrict', 'KEYWORD');
export const DpaEscalation = defineSearchAttributeKey('DpaEscalation', 'KEYWORD');
export const DpaDueAt = defineSearchAttributeKey('DpaDueAt', 'DATETIME');
/** `FAILING` or `BOUNCED` while a mail of the case cannot be delivered, otherwise unset; of `mail/<id>` also `FAILED`, when it was given up. */
export const DpaMail = defineSearchAttributeKey('DpaMail', 'KEYWORD');

/** All of them, for registration with the server at start-up. */
export const SEARCH_ATTRIBUTES = [DpaStage, DpaSchool, DpaDistrict, DpaEscalation, DpaDueAt, DpaMail];

/** Of all workflows, and of what they have done. */
export const TASK_QUEUE = 'dpa';

/** Of mails alone: where the mail server stands still, so do they, and nothing else. */
export const MAIL_QUEUE = 'dpa-mail';
