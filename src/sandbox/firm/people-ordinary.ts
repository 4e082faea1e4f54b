import { skus } from '#sandbox/firm/ids';
import type { PersonSeed } from '#sandbox/firm/person-seed';
import type { Site } from '#sandbox/firm/sites';

type Row = readonly [
  number: string,
  givenName: string,
  surname: string,
  jobTitle: string,
  department: string,
  site: Site['name'],
  manager: string,
];

const rows: readonly Row[] = [
  ['27', 'Chloe', 'Bennett', 'Sales Executive', 'Sales', 'London', '03'],
  ['28', 'Imran', 'Khan', 'Account Manager', 'Sales', 'London', '03'],
  ['29', 'Rosa', 'Delgado', 'Field Sales Executive', 'Sales', 'Austin', '19'],
  ['30', 'Ethan', 'Walker', 'Field Sales Executive', 'Sales', 'Austin', '19'],
  ['31', 'Niamh', 'Doyle', 'Senior Engineer', 'Engineering', 'Dublin', '24'],
  ['32', 'Tomas', 'Urban', 'Test Engineer', 'Engineering', 'Dublin', '24'],
  ['33', 'Saoirse', "O'Brien", 'Platform Engineer', 'Engineering', 'Dublin', '24'],
  ['34', 'Victor', 'Anand', 'Data Engineer', 'Engineering', 'London', '24'],
  ['35', 'Leila', 'Rahimi', 'Accountant', 'Finance', 'London', '22'],
  ['36', 'George', 'Whitaker', 'Financial Controller', 'Finance', 'London', '22'],
  ['37', 'Sofia', 'Marino', 'Payroll Officer', 'Finance', 'Dublin', '22'],
  ['38', 'Daniel', 'Ortiz', 'Operations Analyst', 'Operations', 'Austin', '25'],
  ['39', 'Hazel', 'Young', 'Facilities Coordinator', 'Operations', 'London', '25'],
  ['40', 'Mateo', 'Ruiz', 'Dispatch Lead', 'Operations', 'Austin', '25'],
  ['41', 'Freya', 'Olsen', 'HR Partner', 'Human Resources', 'Austin', '01'],
  ['42', 'Ben', 'Carter', 'Systems Engineer', 'IT', 'Austin', '05'],
];

/** Engineering is licensed by its dynamic group; everybody else has the licence on the account. */
export const ordinaryPeople: readonly PersonSeed[] = rows.map(
  ([number, givenName, surname, jobTitle, department, site, manager]) => ({
    number,
    givenName,
    surname,
    jobTitle,
    department,
    site,
    manager,
    licences: department === 'Engineering' ? [] : [skus.businessPremium],
  }),
);
