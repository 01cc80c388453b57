import type { ColumnNames } from './language.ts';

/** Whom a row is about. */
export const agentNames: ColumnNames = {
  de: 'Mitarbeiter,Mitarbeiterin,Mitarbeiter/in,Agent,Agentin,Bearbeiter,Berater,Sachbearbeiter,Mitarbeitername,Name des Mitarbeiters,Angestellter',
  fr: 'Conseiller,Conseillère,Agent,Téléconseiller,Collaborateur,Collaboratrice,Salarié,Employé,Nom du conseiller,Nom de l’agent,Opérateur',
  es: 'Agente,Asesor,Asesora,Operador,Empleado,Empleada,Teleoperador,Gestor,Nombre del agente,Trabajador',
  it: 'Operatore,Operatrice,Agente,Addetto,Dipendente,Consulente,Nome operatore,Nome agente',
  pt: 'Agente,Atendente,Operador,Operadora,Colaborador,Colaboradora,Funcionário,Consultor,Nome do agente,Assistente',
  nl: 'Medewerker,Medewerkster,Agent,Werknemer,Adviseur,Naam medewerker,Naam agent,Collega',
  pl: 'Agent,Konsultant,Konsultantka,Pracownik,Doradca,Operator,Nazwa agenta,Imię i nazwisko agenta,Imię i nazwisko',
};

export const dayNames: ColumnNames = {
  de: 'Datum,Tag,Anrufdatum,Gesprächsdatum,Berichtstag,Kalendertag',
  fr: 'Date,Jour,Date de l’appel,Date d’appel,Date du rapport,Journée',
  es: 'Fecha,Día,Fecha de la llamada,Fecha de llamada,Fecha del informe',
  it: 'Data,Giorno,Data chiamata,Data della chiamata,Data del report',
  pt: 'Data,Dia,Data da chamada,Data da ligação,Data do relatório',
  nl: 'Datum,Dag,Gespreksdatum,Datum gesprek,Datum oproep,Rapportdatum',
  pl: 'Data,Dzień,Data połączenia,Data rozmowy,Data raportu',
};

export const priorityNames: ColumnNames = {
  de: 'Priorität,Dringlichkeit,Wichtigkeit,Prio',
  fr: 'Priorité,Urgence,Importance',
  es: 'Prioridad,Urgencia,Importancia',
  it: 'Priorità,Urgenza,Importanza',
  pt: 'Prioridade,Urgência,Importância',
  nl: 'Prioriteit,Urgentie,Belang',
  pl: 'Priorytet,Pilność,Ważność',
};

export const categoryNames: ColumnNames = {
  de: 'Kategorie,Thema,Bereich,Rubrik',
  fr: 'Catégorie,Thème,Sujet,Domaine',
  es: 'Categoría,Tema,Ámbito',
  it: 'Categoria,Tema,Argomento,Ambito',
  pt: 'Categoria,Tema,Assunto,Área',
  nl: 'Categorie,Thema,Onderwerp,Gebied',
  pl: 'Kategoria,Temat,Obszar',
};

export const ratingNames: ColumnNames = {
  de: 'Bewertung,Kundenzufriedenheit,Zufriedenheit,Kundenbewertung,Durchschnittliche Bewertung,Note,Sterne',
  fr: 'Note,Satisfaction,Satisfaction client,Évaluation,Note client,Note moyenne,Étoiles',
  es: 'Valoración,Satisfacción,Satisfacción del cliente,Calificación,Puntuación,Valoración media,Nota',
  it: 'Valutazione,Soddisfazione,Soddisfazione del cliente,Voto,Punteggio,Valutazione media',
  pt: 'Avaliação,Satisfação,Satisfação do cliente,Classificação,Pontuação,Nota,Avaliação média',
  nl: 'Beoordeling,Klanttevredenheid,Tevredenheid,Score,Cijfer,Waardering,Gemiddelde beoordeling',
  pl: 'Ocena,Satysfakcja,Satysfakcja klienta,Zadowolenie klienta,Ocena klienta,Średnia ocena',
};
