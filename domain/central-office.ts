/** The office above the districts, as mails and views name it; nobody is told to telephone it. */
export const CENTRAL_OFFICE = { name: 'สำนักงาน ก.ค.ศ.', phone: null };
