-- R2.1: of two registrations with one address one is approved, also when both are decided at the same instant. Where two are already,
-- this says so and the upgrade stops: mend the address of one (`POST /api/registrations/:id/address`) and start it again.
CREATE UNIQUE INDEX "registration_one_approved_of_an_address" ON "registration"("email_key") WHERE (status = 'APPROVED');
