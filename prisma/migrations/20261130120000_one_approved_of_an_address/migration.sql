-- R2.1: of two registrations with one address one is approved, also when both are decided at the same instant. Where two are already,
-- the index cannot be made and says which address: delete this migration's row in `_prisma_migrations`, start the release before, mend
-- the address of one of them (`POST /api/registrations/:id/address`), and upgrade again.
CREATE UNIQUE INDEX "registration_one_approved_of_an_address" ON "registration"("email_key") WHERE (status = 'APPROVED');
