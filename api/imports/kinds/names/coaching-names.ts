import { agentNames, categoryNames, priorityNames } from './common-names.ts';
import type { ColumnNames } from './language.ts';

/** Columns of notes. */
export const noteNames = {
  externalId: { de: 'Notiz-ID,Kennung,Nummer', fr: 'Identifiant de la note,Identifiant,ID note', es: 'ID de la nota,Identificador,ID nota', it: 'ID nota,Identificativo', pt: 'ID da nota,Identificador', nl: 'Notitie-ID,Kenmerk', pl: 'ID notatki,Identyfikator,Identyfikator notatki' },
  agent: agentNames,
  content: {
    de: 'Notiz,Kommentar,Bemerkung,Text,Anmerkung,Inhalt,Rückmeldung', fr: 'Note,Commentaire,Remarque,Texte,Observation,Contenu', es: 'Nota,Comentario,Observación,Texto,Contenido', it: 'Nota,Commento,Osservazione,Testo,Contenuto',
    pt: 'Nota,Comentário,Observação,Anotação,Texto,Conteúdo', nl: 'Notitie,Opmerking,Tekst,Commentaar,Inhoud', pl: 'Notatka,Komentarz,Uwaga,Treść,Uwagi',
  },
  createdAt: { de: 'Datum,Erstellt am,Erstellt,Geschrieben am', fr: 'Date,Date de création,Créé le,Écrit le', es: 'Fecha,Fecha de creación,Creado el,Escrito el', it: 'Data,Data di creazione,Creato il,Scritto il', pt: 'Data,Data de criação,Criado em,Escrito em', nl: 'Datum,Aangemaakt op,Geschreven op,Aanmaakdatum', pl: 'Data,Data utworzenia,Utworzono,Napisano' },
  noteType: { de: 'Art,Typ,Notizart', fr: 'Type,Type de note,Nature', es: 'Tipo,Tipo de nota,Clase', it: 'Tipo,Tipo di nota,Tipologia', pt: 'Tipo,Tipo de nota', nl: 'Type,Soort,Soort notitie', pl: 'Typ,Rodzaj,Typ notatki' },
  priority: priorityNames,
  category: categoryNames,
  author: { de: 'Verfasser,Verfasserin,Autor,Erstellt von,Geschrieben von,Teamleiter', fr: 'Auteur,Rédigé par,Écrit par,Créé par,Superviseur', es: 'Autor,Autora,Escrito por,Creado por,Supervisor', it: 'Autore,Autrice,Scritto da,Creato da,Supervisore', pt: 'Autor,Autora,Escrito por,Criado por,Supervisor', nl: 'Auteur,Geschreven door,Aangemaakt door,Teamleider', pl: 'Autor,Autorka,Napisane przez,Utworzone przez,Kierownik' },
  isPrivate: { de: 'Privat,Vertraulich', fr: 'Privé,Privée,Confidentiel', es: 'Privado,Privada,Confidencial', it: 'Privato,Privata,Riservato', pt: 'Privado,Privada,Particular,Confidencial', nl: 'Privé,Vertrouwelijk', pl: 'Prywatne,Prywatna,Poufne' },
} as const satisfies Readonly<Record<string, ColumnNames>>;

/** Columns of action items. */
export const actionNames = {
  externalId: { de: 'Aufgaben-ID,Kennung,Nummer', fr: 'Identifiant de l’action,Identifiant,ID action', es: 'ID de la acción,Identificador,ID tarea', it: 'ID azione,Identificativo', pt: 'ID da ação,Identificador,ID da tarefa', nl: 'Actie-ID,Kenmerk,Taak-ID', pl: 'ID zadania,Identyfikator,Identyfikator zadania' },
  agent: agentNames,
  title: { de: 'Aufgabe,Maßnahme,Titel,Aktion,Was', fr: 'Action,Tâche,Titre,Action à mener', es: 'Acción,Tarea,Título', it: 'Azione,Attività,Titolo,Compito', pt: 'Ação,Tarefa,Título', nl: 'Actie,Taak,Titel,Actiepunt', pl: 'Zadanie,Działanie,Tytuł,Czynność' },
  description: { de: 'Beschreibung,Einzelheiten,Details,Bemerkung', fr: 'Description,Détails,Commentaire', es: 'Descripción,Detalles,Comentario', it: 'Descrizione,Dettagli,Commento', pt: 'Descrição,Detalhes,Comentário', nl: 'Omschrijving,Beschrijving,Toelichting,Details', pl: 'Opis,Szczegóły,Komentarz' },
  dueDate: { de: 'Fällig am,Fällig,Fälligkeit,Termin,Frist,Bis', fr: 'Échéance,Date d’échéance,Date limite,À faire pour le', es: 'Fecha límite,Vencimiento,Fecha de vencimiento,Plazo', it: 'Scadenza,Data di scadenza,Entro il', pt: 'Prazo,Data limite,Vencimento,Data de vencimento', nl: 'Vervaldatum,Deadline,Uiterlijk,Einddatum', pl: 'Termin,Termin wykonania,Data wykonania do,Do kiedy' },
  priority: priorityNames,
  category: categoryNames,
  status: { de: 'Status,Stand,Zustand', fr: 'Statut,État,Avancement', es: 'Estado,Situación,Avance', it: 'Stato,Avanzamento', pt: 'Estado,Status,Situação', nl: 'Status,Stand,Voortgang', pl: 'Status,Stan,Postęp' },
  completedOn: { de: 'Erledigt am,Abgeschlossen am,Fertig am', fr: 'Terminé le,Fait le,Date de fin,Achevé le', es: 'Completado el,Terminado el,Fecha de finalización,Hecho el', it: 'Completato il,Terminato il,Data di completamento,Fatto il', pt: 'Concluído em,Terminado em,Data de conclusão', nl: 'Afgerond op,Voltooid op,Klaar op', pl: 'Zakończono,Wykonano,Data zakończenia,Ukończono' },
} as const satisfies Readonly<Record<string, ColumnNames>>;
