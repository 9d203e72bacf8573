-- X7: whom a form names as delegator is found by their school, also in forms of earlier revisions.
CREATE INDEX "form_of_a_delegator" ON "form"((payload #>> '{delegation,delegator,homeSchoolCode}'))
  WHERE ((payload #>> '{delegation,delegator,homeSchoolCode}') IS NOT NULL);
