/** A submission in which nothing is wrong: the director of the school, with the ID of the examples. */
export function soundSubmission() {
  return {
    schoolCode: '70010062',
    capacity: 'DIRECTOR',
    registrant: {
      nationalId: '1101700230708',
      title: 'นางสาว',
      firstName: 'สมใจ',
      lastName: 'ใจดี',
      position: 'DIRECTOR',
      homeSchoolCode: '70010062',
      email: 'school@example.ac.th',
      phone: '032-123456',
    },
    emailKind: 'SCHOOL',
  };
}
