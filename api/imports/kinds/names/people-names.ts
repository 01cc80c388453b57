import type { ColumnNames } from './language.ts';

/** Columns of a roster. */
export const peopleNames = {
  fullName: {
    de: 'Name,Vollständiger Name,Mitarbeiter,Mitarbeiterin,Mitarbeitername,Vor- und Nachname', fr: 'Nom complet,Nom et prénom,Prénom et nom,Collaborateur,Conseiller,Salarié,Nom', es: 'Nombre completo,Nombre y apellidos,Empleado,Agente,Nombre', it: 'Nome completo,Nome e cognome,Nominativo,Dipendente,Nome',
    pt: 'Nome completo,Nome e sobrenome,Colaborador,Funcionário,Nome', nl: 'Volledige naam,Naam,Medewerker,Voor- en achternaam', pl: 'Imię i nazwisko,Pełna nazwa,Pracownik,Nazwa',
  },
  firstName: { de: 'Vorname,Rufname', fr: 'Prénom', es: 'Nombre de pila,Primer nombre,Nombres', it: 'Nome di battesimo,Primo nome', pt: 'Primeiro nome,Nome próprio', nl: 'Voornaam,Roepnaam', pl: 'Imię' },
  lastName: { de: 'Nachname,Familienname,Zuname', fr: 'Nom de famille', es: 'Apellidos,Apellido', it: 'Cognome', pt: 'Sobrenome,Apelido,Último nome', nl: 'Achternaam,Familienaam', pl: 'Nazwisko' },
  email: {
    de: 'E-Mail,E-Mail-Adresse,Mailadresse', fr: 'Courriel,Adresse e-mail,Adresse électronique,Mail,Adresse mail,E-mail', es: 'Correo electrónico,Correo,E-mail', it: 'Posta elettronica,E-mail,Indirizzo e-mail,Mail',
    pt: 'E-mail,Correio eletrónico,Endereço de e-mail', nl: 'E-mailadres,E-mail,Mailadres', pl: 'Adres e-mail,E-mail,Poczta elektroniczna',
  },
  username: {
    de: 'Benutzername,Anmeldename,Benutzer,Login,Kennung', fr: 'Nom d’utilisateur,Identifiant,Utilisateur,Login', es: 'Nombre de usuario,Usuario,Login', it: 'Nome utente,Utente,Login',
    pt: 'Nome de usuário,Nome de utilizador,Usuário,Utilizador,Login', nl: 'Gebruikersnaam,Gebruiker,Inlognaam', pl: 'Nazwa użytkownika,Użytkownik,Login',
  },
  role: {
    de: 'Rolle,Funktion,Position,Stelle', fr: 'Rôle,Poste,Fonction', es: 'Rol,Puesto,Cargo,Función', it: 'Ruolo,Mansione,Posizione,Funzione', pt: 'Função,Cargo,Papel,Perfil', nl: 'Rol,Functie,Positie', pl: 'Rola,Stanowisko,Funkcja',
  },
  department: { de: 'Abteilung,Bereich,Fachbereich', fr: 'Service,Département,Direction', es: 'Departamento,Área,Sección', it: 'Reparto,Dipartimento,Ufficio', pt: 'Departamento,Setor,Área', nl: 'Afdeling,Departement', pl: 'Dział,Departament,Wydział' },
  team: { de: 'Team,Gruppe,Mannschaft', fr: 'Équipe,Groupe', es: 'Equipo,Grupo', it: 'Squadra,Team,Gruppo', pt: 'Equipe,Equipa,Time,Grupo', nl: 'Team,Ploeg,Groep', pl: 'Zespół,Grupa,Drużyna' },
  phone: {
    de: 'Telefon,Telefonnummer,Handy,Durchwahl,Mobil', fr: 'Téléphone,Numéro de téléphone,Portable,Mobile', es: 'Teléfono,Número de teléfono,Móvil,Celular', it: 'Telefono,Numero di telefono,Cellulare', pt: 'Telefone,Número de telefone,Celular,Telemóvel', nl: 'Telefoon,Telefoonnummer,Mobiel', pl: 'Telefon,Numer telefonu,Komórka',
  },
  joinedOn: {
    de: 'Eintrittsdatum,Eintritt,Eingetreten am,Beschäftigt seit,Beginn', fr: 'Date d’embauche,Date d’entrée,Embauche,Arrivée', es: 'Fecha de ingreso,Fecha de contratación,Fecha de alta,Alta', it: 'Data di assunzione,Data assunzione,Assunzione,Data di ingresso', pt: 'Data de admissão,Admissão,Data de contratação,Data de entrada', nl: 'Datum in dienst,In dienst sinds,Indiensttreding,Startdatum', pl: 'Data zatrudnienia,Zatrudniony od,Data przyjęcia',
  },
  isActive: { de: 'Aktiv,Status,Beschäftigungsstatus', fr: 'Actif,Statut,En poste', es: 'Activo,Estado,Activa', it: 'Attivo,Stato,Attiva', pt: 'Ativo,Status,Situação,Ativa', nl: 'Actief,Status,In dienst', pl: 'Aktywny,Status,Czynny,Aktywna' },
} as const satisfies Readonly<Record<string, ColumnNames>>;
