import type { FieldDefinition } from '../../mapping/field.ts';
import type { MappedValue } from '../../mapping/import-mapping.ts';
import { textOf } from '../../values/text.ts';
import { vocabulary, type Vocabulary } from '../../values/vocabulary.ts';
import { peopleNames } from '../names/people-names.ts';
import { field, isDate, isFullName, isIdentifier, isOneOf, isText } from '../reading/plausible.ts';

/** Roles an import may give; managers and administrators are made by hand. */
export type ImportedRole = 'cs' | 'team_leader' | 'viewer';
export const importedRoles: readonly ImportedRole[] = ['cs', 'team_leader', 'viewer'];

export const roleWords: Vocabulary<ImportedRole> = vocabulary<ImportedRole>([
  ['cs', 'cs,agent,advisor,representative,rep,csr,operator,consultant,associate,employee,mitarbeiter,berater,conseiller,agente,asesor,operatore,operador,medewerker,konsultant,agentin,mitarbeiterin,beraterin,conseillère,téléconseiller,opérateur,asesora,operadora,teleoperador,operatrice,addetto,atendente,assistente,colaborador,medewerkster,adviseur,konsultantka,doradca,pracownik'],
  ['team_leader', 'team leader,team lead,teamleader,teamlead,leader,lead,supervisor,coach,tl,teamleiter,teamleitung,chef d equipe,superviseur,lider,lider de equipo,capo squadra,supervisore,supervisor de equipo,teamleider,teamleiterin,cheffe d’équipe,chef d’équipe,responsable d’équipe,superviseure,líder de equipo,jefe de equipo,jefa de equipo,supervisora,capo squadra,responsabile,líder de equipe,líder,teamleidster,teamcoach,kierownik,kierowniczka,lider zespołu,brygadzista'],
  ['viewer', 'viewer,observer,read only,quality,qa,analyst,beobachter,observateur,observador,beobachterin,qualité,lecture seule,calidad,solo lectura,osservatore,qualità,qualidade,somente leitura,waarnemer,kwaliteit,alleen lezen,obserwator,jakość'],
]);

export const activeWords: Vocabulary<boolean> = vocabulary<boolean>([
  [true, 'active,yes,y,true,1,current,employed,enabled,aktiv,ja,actif,oui,activo,activa,si,attivo,attiva,ativo,ativa,sim,actief,beschäftigt,actif,active,en poste,alta,in servizio,in dienst,werkzaam,aktywny,aktywna,tak,zatrudniony'],
  [false, 'inactive,no,n,false,0,left,leaver,terminated,former,disabled,inaktiv,nein,ausgeschieden,inactif,non,inactivo,inactiva,inattivo,inattiva,inativo,nao,inactief,nee,ausgetreten,inactive,parti,partie,baja,cessato,cessata,inativa,desligado,desligada,não,uit dienst,vertrokken,nieaktywny,nieaktywna,nie,zwolniony'],
]);

/** What words of a field can mean. */
export const meanings: Readonly<Record<string, readonly MappedValue[]>> = { role: importedRoles, isActive: [true, false] };

const isEmail: FieldDefinition['plausible'] = (value) => textOf(value).includes('@');
const isPhone: FieldDefinition['plausible'] = (value) => /^[+\d][\d\s().\-/]{4,}$/.test(textOf(value));

/** The fields of a person, by the names rosters give them in several languages. */
export const agentFields: readonly FieldDefinition[] = [
  field('fullName', 'Name', isFullName,
    'name,full name,agent name,agent,employee name,employee,advisor,display name,person,nom complet,nom,vollstandiger name,mitarbeiter,nombre completo,nombre,nome completo,nome,volledige naam,naam,imie i nazwisko,navn', peopleNames.fullName),
  field('firstName', 'First name', isText, 'first name,given name,forename,vorname,prenom,nombre de pila,primer nombre,voornaam,imie,fornavn', peopleNames.firstName),
  field('lastName', 'Last name', isText, 'last name,surname,family name,nachname,familienname,nom de famille,apellidos,apellido,cognome,sobrenome,achternaam,nazwisko,efternavn', peopleNames.lastName),
  field('email', 'E-mail', isEmail, 'email,e mail,email address,mail,work email,company email,e mail adresse,courriel,correo,correo electronico,posta elettronica,e mailadres', peopleNames.email),
  field('username', 'User name', isIdentifier, 'username,user name,login,login id,user id,user,account,benutzername,anmeldename,identifiant,usuario,nombre usuario,utente,utilizador,gebruikersnaam', peopleNames.username),
  field('role', 'Role', isText, 'role,job title,title,position,job,function,rolle,funktion,poste,puesto,rol,cargo,ruolo,funcao,functie,stanowisko', peopleNames.role),
  field('department', 'Department', isText, 'department,dept,division,area,business unit,abteilung,bereich,service,departement,departamento,reparto,dipartimento,afdeling,dzial', peopleNames.department),
  field('team', 'Team', isText, 'team,team name,squad,group,team leader group,gruppe,equipe,equipo,squadra,grupo,groep,zespol,hold', peopleNames.team),
  field('phone', 'Telephone', isPhone, 'phone,phone number,telephone,mobile,mobile number,extension,telefon,telefonnummer,handy,telephone portable,telefono,movil,cellulare,telefone,telefoonnummer', peopleNames.phone),
  field('joinedOn', 'Joined on', isDate, 'joined on,joined,start date,hire date,date of hire,joining date,employed since,eintritt,eintrittsdatum,date embauche,fecha ingreso,fecha contratacion,data assunzione,data admissao,datum in dienst', peopleNames.joinedOn),
  field('isActive', 'Active', isOneOf(activeWords), 'active,is active,status,employment status,enabled,aktiv,statut,estado,stato,actief', peopleNames.isActive),
];
