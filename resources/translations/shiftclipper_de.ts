<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About ShiftClipper</source>
        <translation>Über ShiftClipper</translation>
    </message>
    <message>
        <source>Your film never leaves this computer: there is no account, and the network is never used.</source>
        <translation>Dein Video verlässt diesen Rechner nie: Es gibt kein Konto, und das Netz wird nie benutzt.</translation>
    </message>
    <message>
        <source>Games and settings are kept in {folder}.</source>
        <translation>Spiele und Einstellungen liegen in {folder}.</translation>
    </message>
    <message>
        <source>Gathering the licences</source>
        <translation>Lizenzen werden zusammengestellt</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>AnswerTile</name>
    <message>
        <source>Person {number}, the likeliest</source>
        <translation>Person {number}, am wahrscheinlichsten</translation>
    </message>
    <message>
        <source>Person {number}</source>
        <translation>Person {number}</translation>
    </message>
</context>
<context>
    <name>ArrivalPanel</name>
    <message>
        <source>What was dropped</source>
        <translation>Was abgelegt wurde</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Looking at {name}</source>
        <translation>{name} wird angesehen</translation>
    </message>
    <message>
        <source>{games} instead</source>
        <translation>Stattdessen {games}</translation>
    </message>
    <message>
        <source>Change to: {games}</source>
        <translation>Ändern in: {games}</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>Teil {number}</translation>
    </message>
    <message>
        <source>game {number}</source>
        <translation>Spiel {number}</translation>
    </message>
    <message>
        <source>1 file was not taken</source>
        <translation>1 Datei wurde nicht angenommen</translation>
    </message>
    <message>
        <source>{count} files were not taken</source>
        <translation>{count} Dateien wurden nicht angenommen</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>The file cannot be read ({error}); check it and try again.</source>
        <translation>Die Datei kann nicht gelesen werden ({error}); prüfe sie und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>It does not say which game it is for; drop it on the game.</source>
        <translation>Es steht nicht darin, zu welchem Spiel sie gehört; lege sie auf dem Spiel ab.</translation>
    </message>
    <message>
        <source>There is no video in this folder.</source>
        <translation>In diesem Ordner ist kein Video.</translation>
    </message>
    <message>
        <source>Only the first {count} files were looked at; drop fewer at a time.</source>
        <translation>Nur die ersten {count} Dateien wurden angesehen; lege weniger auf einmal ab.</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>{percent} {title}</source>
        <translation>{percent} {title}</translation>
    </message>
    <message>
        <source>{percent} {title}, 1 more waits</source>
        <translation>{percent} {title}, 1 weiteres wartet</translation>
    </message>
    <message>
        <source>{percent} {title}, {count} more wait</source>
        <translation>{percent} {title}, {count} weitere warten</translation>
    </message>
</context>
<context>
    <name>BelowPicture</name>
    <message>
        <source>Part of the game that the timeline shows</source>
        <translation>Teil des Spiels, den die Zeitleiste zeigt</translation>
    </message>
    <message>
        <source>Only shifts</source>
        <translation>Nur Einsätze</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
</context>
<context>
    <name>CameraChoice</name>
    <message>
        <source>Kind of camera</source>
        <translation>Art der Kamera</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>Corrections</name>
    <message>
        <source>click at {time}</source>
        <translation>Klick bei {time}</translation>
    </message>
    <message>
        <source>“not him” at {time}</source>
        <translation>„nicht er“ bei {time}</translation>
    </message>
    <message>
        <source>“on the bench” at {time}</source>
        <translation>„auf der Bank“ bei {time}</translation>
    </message>
    <message>
        <source>answer at {time}</source>
        <translation>Antwort bei {time}</translation>
    </message>
    <message>
        <source>taking a click back</source>
        <translation>Zurücknehmen eines Klicks</translation>
    </message>
    <message>
        <source>setup file</source>
        <translation>Setup-Datei</translation>
    </message>
    <message>
        <source>name and number</source>
        <translation>Name und Nummer</translation>
    </message>
    <message>
        <source>colour of the jersey</source>
        <translation>Farbe des Trikots</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>kind of camera</source>
        <translation>Art der Kamera</translation>
    </message>
    <message>
        <source>how closely to look</source>
        <translation>wie genau hingesehen wird</translation>
    </message>
    <message>
        <source>level of play</source>
        <translation>Spielklasse</translation>
    </message>
    <message>
        <source>settings of a preset</source>
        <translation>Einstellungen einer Voreinstellung</translation>
    </message>
    <message>
        <source>players</source>
        <translation>Spieler</translation>
    </message>
    <message>
        <source>periods</source>
        <translation>Drittel</translation>
    </message>
    <message>
        <source>new shift at {time}</source>
        <translation>neuer Einsatz bei {time}</translation>
    </message>
    <message>
        <source>shifts from a list</source>
        <translation>Einsätze aus einer Liste</translation>
    </message>
    <message>
        <source>times of the shift at {time}</source>
        <translation>Zeiten des Einsatzes bei {time}</translation>
    </message>
    <message>
        <source>accepting the shift at {time}</source>
        <translation>Annehmen des Einsatzes bei {time}</translation>
    </message>
    <message>
        <source>rejecting the shift at {time}</source>
        <translation>Verwerfen des Einsatzes bei {time}</translation>
    </message>
    <message>
        <source>taking back what you said of the shift at {time}</source>
        <translation>Zurücknehmen deines Urteils zum Einsatz bei {time}</translation>
    </message>
    <message>
        <source>deleting the shift at {time}</source>
        <translation>Löschen des Einsatzes bei {time}</translation>
    </message>
    <message>
        <source>splitting the shift at {time}</source>
        <translation>Teilen des Einsatzes bei {time}</translation>
    </message>
    <message>
        <source>joining the shift at {time} with the next</source>
        <translation>Verbinden des Einsatzes bei {time} mit dem nächsten</translation>
    </message>
    <message>
        <source>note on the shift at {time}</source>
        <translation>Notiz zum Einsatz bei {time}</translation>
    </message>
    <message>
        <source>last change</source>
        <translation>letzte Änderung</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open game videos</source>
        <translation>Spielvideos öffnen</translation>
    </message>
    <message>
        <source>Videos and setup files ({endings})</source>
        <translation>Videos und Setup-Dateien ({endings})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a folder of game videos</source>
        <translation>Einen Ordner mit Spielvideos öffnen</translation>
    </message>
    <message>
        <source>Open a setup file</source>
        <translation>Eine Setup-Datei öffnen</translation>
    </message>
    <message>
        <source>Setup files (*.json)</source>
        <translation>Setup-Dateien (*.json)</translation>
    </message>
    <message>
        <source>Take shifts from a list</source>
        <translation>Einsätze aus einer Liste nehmen</translation>
    </message>
    <message>
        <source>Lists of shifts (*.csv)</source>
        <translation>Listen von Einsätzen (*.csv)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Really delete “{title}”?</source>
        <translation>„{title}“ wirklich löschen?</translation>
    </message>
    <message>
        <source>Its clips, reel and report in the program&apos;s folder are deleted too. Your film stays.</source>
        <translation>Seine Clips, sein Reel und sein Bericht im Ordner des Programms werden auch gelöscht. Dein Video bleibt.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>DoneCard</name>
    <message>
        <source>Play reel</source>
        <translation>Reel abspielen</translation>
    </message>
    <message>
        <source>Play it with the program that this computer has for films</source>
        <translation>Mit dem Programm abspielen, das dieser Computer für Videos hat</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Next game</source>
        <translation>Nächstes Spiel</translation>
    </message>
    <message>
        <source>Changed since the last export</source>
        <translation>Seit dem letzten Export geändert</translation>
    </message>
    <message>
        <source>Export again, and only what changed is made anew.</source>
        <translation>Exportiere noch einmal; nur was sich geändert hat, wird neu gemacht.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Drop a game video here</source>
        <translation>Lege hier das Video eines Spiels ab</translation>
    </message>
    <message>
        <source>Files or a whole folder. The parts of one game can come together. Analysis starts by itself.</source>
        <translation>Dateien oder ein ganzer Ordner. Die Teile eines Spiels können zusammen kommen. Die Analyse beginnt von selbst.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Drop games here</source>
        <translation>Spiele hier ablegen</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>This is not a file on this computer; download it first, then drop it.</source>
        <translation>Das ist keine Datei auf diesem Computer; lade sie erst herunter und lege sie dann ab.</translation>
    </message>
</context>
<context>
    <name>EncoderBox</name>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>none works</source>
        <translation>keiner funktioniert</translation>
    </message>
    <message>
        <source>Automatic: {encoder}</source>
        <translation>Automatisch: {encoder}</translation>
    </message>
    <message>
        <source>{encoder}, works here</source>
        <translation>{encoder}, funktioniert hier</translation>
    </message>
    <message>
        <source>{encoder}, not on this machine</source>
        <translation>{encoder}, nicht auf diesem Computer</translation>
    </message>
</context>
<context>
    <name>Encoders</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Software (x264)</source>
        <translation>Software (x264)</translation>
    </message>
    <message>
        <source>Software (OpenH264)</source>
        <translation>Software (OpenH264)</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Phone and social</source>
        <translation>Handy und soziale Medien</translation>
    </message>
    <message>
        <source>Tight clips, and an upright reel that follows your player.</source>
        <translation>Knappe Clips und ein hochkantes Reel, das deinem Spieler folgt.</translation>
    </message>
    <message>
        <source>Coach</source>
        <translation>Trainer</translation>
    </message>
    <message>
        <source>A clip of every shift, one reel, and a report with the time on ice.</source>
        <translation>Ein Clip von jedem Einsatz, ein Reel aus allen und ein Bericht mit der Eiszeit.</translation>
    </message>
    <message>
        <source>Recruiting reel</source>
        <translation>Bewerbungs-Reel</translation>
    </message>
    <message>
        <source>A reel with title and cards that shows who it is and how each play began.</source>
        <translation>Ein Reel mit Titel und Karten, das zeigt, wer es ist und wie jeder Einsatz begann.</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Change folder</source>
        <translation>Ordner ändern</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Geht nach</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>Noch einmal exportieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Say first who your player is.</source>
        <translation>Sage zuerst, wer dein Spieler ist.</translation>
    </message>
    <message>
        <source>No shifts were found. Add one in the review, or click on the player once more.</source>
        <translation>Es wurden keine Einsätze gefunden. Füge beim Prüfen einen hinzu, oder klicke den Spieler noch einmal an.</translation>
    </message>
    <message>
        <source>The clips are cut as soon as the shifts are known.</source>
        <translation>Die Clips werden geschnitten, sobald die Einsätze bekannt sind.</translation>
    </message>
    <message>
        <source>The game is looked through first.</source>
        <translation>Zuerst wird das Spiel durchgesehen.</translation>
    </message>
    <message>
        <source>1 clip</source>
        <translation>1 Clip</translation>
    </message>
    <message>
        <source>{count} clips</source>
        <translation>{count} Clips</translation>
    </message>
    <message>
        <source>{clips}, together about {duration}</source>
        <translation>{clips}, zusammen etwa {duration}</translation>
    </message>
    <message>
        <source>one reel</source>
        <translation>ein Reel</translation>
    </message>
    <message>
        <source>report and table</source>
        <translation>Bericht und Tabelle</translation>
    </message>
    <message>
        <source>Folder for clips, reel and report</source>
        <translation>Ordner für Clips, Reel und Bericht</translation>
    </message>
</context>
<context>
    <name>Fallbacks</name>
    <message>
        <source>the film is {codec}, which is not copied into clips</source>
        <translation>das Video {codec} ist, was nicht in Clips kopiert wird</translation>
    </message>
    <message>
        <source>too few pictures between two keyframes lie inside</source>
        <translation>zu wenige Bilder zwischen zwei Schlüsselbildern darin liegen</translation>
    </message>
    <message>
        <source>the film has no keyframes at which it can be copied</source>
        <translation>das Video keine Schlüsselbilder hat, an denen es kopiert werden kann</translation>
    </message>
    <message>
        <source>the film hides some of its pictures</source>
        <translation>das Video manche seiner Bilder verbirgt</translation>
    </message>
    <message>
        <source>the film&apos;s pictures are not in the usual order</source>
        <translation>die Bilder des Videos nicht in der üblichen Reihenfolge liegen</translation>
    </message>
    <message>
        <source>the film is interlaced</source>
        <translation>das Video Halbbilder hat</translation>
    </message>
    <message>
        <source>the film is turned</source>
        <translation>das Video gedreht ist</translation>
    </message>
    <message>
        <source>the film&apos;s pixels are not square</source>
        <translation>die Bildpunkte des Videos nicht quadratisch sind</translation>
    </message>
    <message>
        <source>few players show the film&apos;s kind of colours</source>
        <translation>wenige Abspieler diese Art von Farben zeigen</translation>
    </message>
    <message>
        <source>a copy of the film did not come out right</source>
        <translation>eine Kopie des Videos nicht richtig geriet</translation>
    </message>
    <message>
        <source>this kind of film is not copied</source>
        <translation>diese Art von Video nicht kopiert wird</translation>
    </message>
    <message>
        <source>1 clip was cut exactly because {reason}.</source>
        <translation>1 Clip wurde exakt geschnitten, weil {reason}.</translation>
    </message>
    <message>
        <source>{count} clips were cut exactly because {reason}.</source>
        <translation>{count} Clips wurden exakt geschnitten, weil {reason}.</translation>
    </message>
    <message>
        <source>{count} clips were made by another encoder because the first failed.</source>
        <translation>{count} Clips machte ein anderer Encoder, weil der erste versagte.</translation>
    </message>
    <message>
        <source>In {count} clips pictures are missing that are damaged in the film.</source>
        <translation>In {count} Clips fehlen Bilder, die im Video beschädigt sind.</translation>
    </message>
    <message>
        <source>1 clip was made by another encoder because the first failed.</source>
        <translation>1 Clip machte ein anderer Encoder, weil der erste versagte.</translation>
    </message>
    <message>
        <source>In 1 clip pictures are missing that are damaged in the film.</source>
        <translation>In 1 Clip fehlen Bilder, die im Video beschädigt sind.</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <source>Click on the player</source>
        <translation>Klicke auf den Spieler</translation>
    </message>
</context>
<context>
    <name>FollowCard</name>
    <message>
        <source>Watch the shifts</source>
        <translation>Einsätze ansehen</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Plays only the shifts</source>
        <translation>Spielt nur die Einsätze</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Ansehen beenden</translation>
    </message>
    <message>
        <source>Not him</source>
        <translation>Nicht er</translation>
    </message>
    <message>
        <source>None of this shift is the player</source>
        <translation>Nichts von diesem Einsatz ist der Spieler</translation>
    </message>
    <message>
        <source>Time on the ice that was watched</source>
        <translation>Eiszeit, die angesehen wurde</translation>
    </message>
    <message>
        <source>{rate} times the real speed</source>
        <translation>{rate}-faches Tempo</translation>
    </message>
    <message>
        <source>Back on</source>
        <translation>Wieder drauf</translation>
    </message>
    <message>
        <source>Off now</source>
        <translation>Jetzt runter</translation>
    </message>
    <message>
        <source>{watched} of {total} watched</source>
        <translation>{watched} von {total} angesehen</translation>
    </message>
    <message>
        <source>Click on the player when the ring is on somebody else.</source>
        <translation>Klicke auf den Spieler, wenn der Ring auf jemand anderem ist.</translation>
    </message>
    <message>
        <source>There are no shifts yet.</source>
        <translation>Es gibt noch keine Einsätze.</translation>
    </message>
    <message>
        <source>All of it was watched or accepted.</source>
        <translation>Alles wurde angesehen oder angenommen.</translation>
    </message>
    <message>
        <source>Plays only what is proposed, about {duration} at {rate}×.</source>
        <translation>Spielt nur, was vorgeschlagen ist, etwa {duration} bei {rate}×.</translation>
    </message>
</context>
<context>
    <name>GameList</name>
    <message>
        <source>Games</source>
        <translation>Spiele</translation>
    </message>
</context>
<context>
    <name>GameMenu</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Noch einmal ausführen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Run next</source>
        <translation>Als Nächstes ausführen</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Take shifts from a list…</source>
        <translation>Einsätze aus einer Liste nehmen…</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>GamePage</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Noch einmal ausführen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Delete this game from the list, with its clips</source>
        <translation>Dieses Spiel mit seinen Clips aus der Liste löschen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Play reel</source>
        <translation>Reel abspielen</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation>Fortschritt des Auftrags</translation>
    </message>
    <message>
        <source>time on ice</source>
        <translation>Eiszeit</translation>
    </message>
    <message>
        <source>The film is analysed. Click on your player in the picture.</source>
        <translation>Das Video ist ausgewertet. Klicke im Bild auf deinen Spieler.</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>Einsatz</translation>
    </message>
    <message>
        <source>shifts</source>
        <translation>Einsätze</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>Handovers</name>
    <message>
        <source>It is a setup without a game; drop it together with the game&apos;s video.</source>
        <translation>Das ist ein Setup ohne Spiel; lege es zusammen mit dem Video des Spiels ab.</translation>
    </message>
    <message>
        <source>It is a list without a game; drop it on its game in the list of games.</source>
        <translation>Es ist eine Liste ohne Spiel; lege sie auf ihr Spiel in der Liste der Spiele.</translation>
    </message>
    <message>
        <source>{name} holds the shifts that are here already.</source>
        <translation>{name} enthält die Einsätze, die schon da sind.</translation>
    </message>
    <message>
        <source>From {name}: {added} new, {moved} with other times, {unchanged} as before.</source>
        <translation>Aus {name}: {added} neu, {moved} mit anderen Zeiten, {unchanged} wie zuvor.</translation>
    </message>
    <message>
        <source>Games of the old server: {new} taken over, {known} here already.</source>
        <translation>Spiele des alten Servers: {new} übernommen, {known} schon da.</translation>
    </message>
    <message>
        <source>{count} left out; the first: {reason}</source>
        <translation>{count} ausgelassen; das erste: {reason}</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>Über das Programm und Lizenzen</translation>
    </message>
    <message>
        <source>Choose an answer</source>
        <translation>Eine Antwort wählen</translation>
    </message>
</context>
<context>
    <name>JobActions</name>
    <message>
        <source>{name} was found again; nothing is done a second time.</source>
        <translation>{name} wurde wiedergefunden; nichts wird ein zweites Mal gemacht.</translation>
    </message>
    <message>
        <source>Left out, because it means nothing here: {keys}.</source>
        <translation>Ausgelassen, weil es hier nichts bedeutet: {keys}.</translation>
    </message>
</context>
<context>
    <name>JobModel</name>
    <message>
        <source>Film analysed</source>
        <translation>Video ausgewertet</translation>
    </message>
    <message>
        <source>Click on your player in the picture</source>
        <translation>Klicke im Bild auf deinen Spieler</translation>
    </message>
    <message>
        <source>Drag it to let it run earlier or later</source>
        <translation>Ziehen, damit es früher oder später an die Reihe kommt</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Playing</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Einsätze</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>{count} s back</source>
        <translation>{count} s zurück</translation>
    </message>
    <message>
        <source>{count} s forward</source>
        <translation>{count} s vor</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Play backwards; again: faster</source>
        <translation>Rückwärts abspielen; noch einmal: schneller</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play; again: faster</source>
        <translation>Abspielen; noch einmal: schneller</translation>
    </message>
    <message>
        <source>Play only the shifts</source>
        <translation>Nur die Einsätze abspielen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>Ein Bild vor</translation>
    </message>
    <message>
        <source>Closer on the timeline</source>
        <translation>Näher heran auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Farther on the timeline</source>
        <translation>Weiter weg auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Answer {number}</source>
        <translation>Antwort {number}</translation>
    </message>
    <message>
        <source>Previous shift</source>
        <translation>Voriger Einsatz</translation>
    </message>
    <message>
        <source>Next shift</source>
        <translation>Nächster Einsatz</translation>
    </message>
    <message>
        <source>The shift starts here</source>
        <translation>Der Einsatz beginnt hier</translation>
    </message>
    <message>
        <source>The shift ends here</source>
        <translation>Der Einsatz endet hier</translation>
    </message>
    <message>
        <source>Off the ice now, or back on it</source>
        <translation>Jetzt vom Eis, oder wieder darauf</translation>
    </message>
    <message>
        <source>Split the shift here</source>
        <translation>Einsatz hier teilen</translation>
    </message>
    <message>
        <source>Join with the next shift</source>
        <translation>Mit dem nächsten Einsatz verbinden</translation>
    </message>
    <message>
        <source>Delete the shift</source>
        <translation>Einsatz löschen</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>Keiner davon</translation>
    </message>
    <message>
        <source>Skip the question</source>
        <translation>Die Frage überspringen</translation>
    </message>
    <message>
        <source>Watch the shifts</source>
        <translation>Einsätze ansehen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Open game videos</source>
        <translation>Spielvideos öffnen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Diese Übersicht</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Log of {title}</source>
        <translation>Protokoll von {title}</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Das Protokoll ist leer.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Games</source>
        <translation>Spiele</translation>
    </message>
    <message>
        <source>Something went wrong inside ShiftClipper. Your games are safe; please report the details.</source>
        <translation>In ShiftClipper ist etwas schiefgegangen. Deine Spiele sind sicher; bitte melde die Einzelheiten.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>MorePanel</name>
    <message>
        <source>A clip of every shift</source>
        <translation>Ein Clip von jedem Einsatz</translation>
    </message>
    <message>
        <source>All clips joined to one reel</source>
        <translation>Alle Clips zu einem Reel verbunden</translation>
    </message>
    <message>
        <source>A report, and a table of the shifts</source>
        <translation>Ein Bericht und eine Tabelle der Einsätze</translation>
    </message>
    <message>
        <source>Copied, with exact ends</source>
        <translation>Kopiert, mit exakten Enden</translation>
    </message>
    <message>
        <source>How clips are cut</source>
        <translation>Wie Clips geschnitten werden</translation>
    </message>
    <message>
        <source>Only the ends are made anew: quick, exact, and in the film&apos;s own quality.</source>
        <translation>Nur die Enden werden neu gemacht: schnell, exakt und in der Qualität des Videos.</translation>
    </message>
    <message>
        <source>Seconds before each shift</source>
        <translation>Sekunden vor jedem Einsatz</translation>
    </message>
    <message>
        <source>Seconds after each shift</source>
        <translation>Sekunden nach jedem Einsatz</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Every picture is made anew. The clips play everywhere.</source>
        <translation>Jedes Bild wird neu gemacht. Die Clips laufen überall.</translation>
    </message>
    <message>
        <source>Copied where that is possible and plays everywhere: quicker, and as sharp.</source>
        <translation>Kopiert, wo das möglich ist und überall läuft: schneller und ebenso scharf.</translation>
    </message>
    <message>
        <source>Copied as it is: quickest, and a little wider than the shift.</source>
        <translation>Kopiert, wie es ist: am schnellsten, und etwas länger als der Einsatz.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Reel</source>
        <translation>Reel</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Cutting</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Before a shift</source>
        <translation>Vor einem Einsatz</translation>
    </message>
    <message>
        <source>After a shift</source>
        <translation>Nach einem Einsatz</translation>
    </message>
    <message>
        <source>Files for other programs</source>
        <translation>Dateien für andere Programme</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
</context>
<context>
    <name>NamesField</name>
    <message>
        <source>Names of the clips</source>
        <translation>Namen der Clips</translation>
    </message>
    <message>
        <source>{placeholders} stand for what they say.</source>
        <translation>{placeholders} stehen für das, was sie sagen.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>{name} is not there any more; run the game again to make it anew.</source>
        <translation>{name} ist nicht mehr da; führe das Spiel noch einmal aus, um es neu zu machen.</translation>
    </message>
    <message>
        <source>No program here opens {path}; open it by hand.</source>
        <translation>Kein Programm hier öffnet {path}; öffne es von Hand.</translation>
    </message>
    <message>
        <source>{path} is not there yet.</source>
        <translation>{path} ist noch nicht da.</translation>
    </message>
</context>
<context>
    <name>PickPanel</name>
    <message>
        <source>Players</source>
        <translation>Spieler</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Number on the jersey</source>
        <translation>Nummer auf dem Trikot</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the player</source>
        <translation>Name des Spielers</translation>
    </message>
    <message>
        <source>Take the jersey&apos;s colour from the picture</source>
        <translation>Die Trikotfarbe aus dem Bild nehmen</translation>
    </message>
    <message>
        <source>Take back the newest click</source>
        <translation>Den neuesten Klick zurücknehmen</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>Rink</source>
        <translation>Eisfläche</translation>
    </message>
    <message>
        <source>Penalty</source>
        <translation>Strafbank</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>Wie genau hingesehen wird</translation>
    </message>
    <message>
        <source>Another choice looks at the film once more</source>
        <translation>Eine andere Wahl sieht sich das Video noch einmal an</translation>
    </message>
    <message>
        <source>Level of play</source>
        <translation>Spielklasse</translation>
    </message>
    <message>
        <source>Says how long shifts usually are</source>
        <translation>Sagt, wie lange ein Wechsel meist dauert</translation>
    </message>
    <message>
        <source>Another player</source>
        <translation>Noch ein Spieler</translation>
    </message>
    <message>
        <source>Clicks: {count}</source>
        <translation>Klicks: {count}</translation>
    </message>
    <message>
        <source>Player {n}</source>
        <translation>Spieler {n}</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Click on the jersey</source>
        <translation>Klicke auf das Trikot</translation>
    </message>
    <message>
        <source>Click on your player</source>
        <translation>Klicke auf deinen Spieler</translation>
    </message>
    <message>
        <source>the player</source>
        <translation>der Spieler</translation>
    </message>
    <message>
        <source>This is {name}</source>
        <translation>Das ist {name}</translation>
    </message>
    <message>
        <source>Not him</source>
        <translation>Nicht er</translation>
    </message>
    <message>
        <source>On the bench now</source>
        <translation>Jetzt auf der Bank</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>The film cannot be shown: {reason}</source>
        <translation>Das Video kann nicht gezeigt werden: {reason}</translation>
    </message>
</context>
<context>
    <name>PlayerPanel</name>
    <message>
        <source>Open setup file</source>
        <translation>Setup-Datei öffnen</translation>
    </message>
    <message>
        <source>Other setup file</source>
        <translation>Andere Setup-Datei</translation>
    </message>
    <message>
        <source>Or drop a setup.json here.</source>
        <translation>Oder lege hier eine setup.json ab.</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Einsätze</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Spieler</translation>
    </message>
    <message>
        <source>Review the shifts</source>
        <translation>Einsätze prüfen</translation>
    </message>
    <message>
        <source>Click on your player in the picture, or open a setup file.</source>
        <translation>Klicke im Bild auf deinen Spieler oder öffne eine Setup-Datei.</translation>
    </message>
    <message>
        <source>They appear once the player is known.</source>
        <translation>Sie erscheinen, sobald der Spieler bekannt ist.</translation>
    </message>
    <message>
        <source>No shifts found. More clicks in the setup file help.</source>
        <translation>Keine Einsätze gefunden. Mehr Klicks in der Setup-Datei helfen.</translation>
    </message>
    <message>
        <source>They appear when the analysis is done.</source>
        <translation>Sie erscheinen, wenn die Analyse fertig ist.</translation>
    </message>
    <message>
        <source>rink</source>
        <translation>Eisfläche</translation>
    </message>
    <message>
        <source>bench</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>penalty box</source>
        <translation>Strafbank</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Outlines: {names}</source>
        <translation>Umrisse: {names}</translation>
    </message>
</context>
<context>
    <name>PreferencesWindow</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Tell me when a game is done</source>
        <translation>Melden, wenn ein Spiel fertig ist</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>Wie genau hingesehen wird</translation>
    </message>
    <message>
        <source>Seconds before each shift</source>
        <translation>Sekunden vor jedem Einsatz</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds after each shift</source>
        <translation>Sekunden nach jedem Einsatz</translation>
    </message>
    <message>
        <source>Change folder</source>
        <translation>Ordner ändern</translation>
    </message>
    <message>
        <source>Use the usual folder</source>
        <translation>Üblichen Ordner verwenden</translation>
    </message>
    <message>
        <source>Empty it</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Remove the scrub copies; they are made again when needed</source>
        <translation>Die kleinen Kopien entfernen; bei Bedarf werden sie neu gemacht</translation>
    </message>
    <message>
        <source>Largest size of the cache</source>
        <translation>Höchste Größe des Zwischenspeichers</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Before a shift</source>
        <translation>Vor einem Einsatz</translation>
    </message>
    <message>
        <source>After a shift</source>
        <translation>Nach einem Einsatz</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>New games begin with</source>
        <translation>Neue Spiele beginnen mit</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>Small copies of the films, so that every picture is there at once.</source>
        <translation>Kleine Kopien der Videos, damit jedes Bild sofort da ist.</translation>
    </message>
    <message>
        <source>No larger than</source>
        <translation>Nicht größer als</translation>
    </message>
    <message>
        <source>With the games, in the data folder</source>
        <translation>Bei den Spielen, im Datenordner</translation>
    </message>
    <message>
        <source>{size} in use</source>
        <translation>{size} belegt</translation>
    </message>
    <message>
        <source>Nothing in it</source>
        <translation>Nichts darin</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Fast: may miss people far away</source>
        <translation>Schnell: kann ferne Spieler übersehen</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Thorough: takes longer</source>
        <translation>Gründlich: dauert länger</translation>
    </message>
    <message>
        <source>Folder for the cache</source>
        <translation>Ordner für den Zwischenspeicher</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Voreinstellung</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save these settings as a preset</source>
        <translation>Diese Einstellungen als Voreinstellung speichern</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Left as they were, because this version does not know their values: {names}.</source>
        <translation>So gelassen, wie sie waren, weil diese Version ihre Werte nicht kennt: {names}.</translation>
    </message>
    <message>
        <source>Really delete the preset “{name}”?</source>
        <translation>Die Voreinstellung „{name}“ wirklich löschen?</translation>
    </message>
    <message>
        <source>Games that were set up with it stay as they are.</source>
        <translation>Spiele, die damit eingerichtet wurden, bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>There is a preset of this name; it would be replaced.</source>
        <translation>Eine Voreinstellung dieses Namens gibt es schon; sie würde ersetzt.</translation>
    </message>
    <message>
        <source>There is a preset of this name; choose another one.</source>
        <translation>Eine Voreinstellung dieses Namens gibt es schon; wähle einen anderen.</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>Voreinstellung: {name}</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>Meine Voreinstellungen</translation>
    </message>
</context>
<context>
    <name>ProgramParts</name>
    <message>
        <source>Recent games</source>
        <translation>Letzte Spiele</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>Programs</name>
    <message>
        <source>DaVinci, Premiere, Avid (OTIO)</source>
        <translation>DaVinci, Premiere, Avid (OTIO)</translation>
    </message>
    <message>
        <source>Final Cut Pro (FCPXML)</source>
        <translation>Final Cut Pro (FCPXML)</translation>
    </message>
    <message>
        <source>Any editing program (EDL)</source>
        <translation>Jedes Schnittprogramm (EDL)</translation>
    </message>
    <message>
        <source>Hudl Sportscode</source>
        <translation>Hudl Sportscode</translation>
    </message>
    <message>
        <source>LosslessCut</source>
        <translation>LosslessCut</translation>
    </message>
    <message>
        <source>Chapters for YouTube</source>
        <translation>Kapitel für YouTube</translation>
    </message>
    <message>
        <source>Tables (CSV)</source>
        <translation>Tabellen (CSV)</translation>
    </message>
    <message>
        <source>Tracking programs (MOT)</source>
        <translation>Tracking-Programme (MOT)</translation>
    </message>
</context>
<context>
    <name>ProgramsField</name>
    <message>
        <source>They go into the folder “files”. results.json and manifest.json are always written.</source>
        <translation>Sie kommen in den Ordner „files“. results.json und manifest.json werden immer geschrieben.</translation>
    </message>
    <message>
        <source>They are written together with the report.</source>
        <translation>Sie werden zusammen mit dem Bericht geschrieben.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ProposedBench</name>
    <message>
        <source>Take the proposed bench</source>
        <translation>Die vorgeschlagene Bank nehmen</translation>
    </message>
    <message>
        <source>People come and go at the dashed outline.</source>
        <translation>An der gestrichelten Linie kommen und gehen Leute.</translation>
    </message>
</context>
<context>
    <name>QuestionCards</name>
    <message>
        <source>your player</source>
        <translation>dein Spieler</translation>
    </message>
    <message>
        <source>Is this {name}?</source>
        <translation>Ist das {name}?</translation>
    </message>
    <message>
        <source>Which of these is {name}?</source>
        <translation>Wer davon ist {name}?</translation>
    </message>
    <message>
        <source>Settles about {duration} on the ice</source>
        <translation>Klärt etwa {duration} auf dem Eis</translation>
    </message>
    <message>
        <source>No questions left</source>
        <translation>Keine Fragen mehr</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 Frage</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} Fragen</translation>
    </message>
    <message>
        <source>{questions}, about {duration}</source>
        <translation>{questions}, etwa {duration}</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Show this moment in the picture</source>
        <translation>Diesen Moment im Bild zeigen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Keiner davon</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>The likeliest</source>
        <translation>Am wahrscheinlichsten</translation>
    </message>
    <message>
        <source>Off the ice then</source>
        <translation>Da nicht auf dem Eis</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>noch {count}</translation>
    </message>
    <message>
        <source>Questions come once you clicked on your player</source>
        <translation>Fragen kommen, sobald du auf deinen Spieler geklickt hast</translation>
    </message>
    <message>
        <source>Skipped questions: {count}</source>
        <translation>Übersprungene Fragen: {count}</translation>
    </message>
    <message>
        <source>Watch the shifts once to be sure, or go on to Export.</source>
        <translation>Sieh dir die Einsätze einmal an, um sicher zu sein, oder geh weiter zum Export.</translation>
    </message>
    <message>
        <source>Questions come when the analysis is done</source>
        <translation>Fragen kommen, wenn die Auswertung fertig ist</translation>
    </message>
    <message>
        <source>Looking for what is worth asking</source>
        <translation>Es wird gesucht, was eine Frage lohnt</translation>
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>Recent games</source>
        <translation>Letzte Spiele</translation>
    </message>
</context>
<context>
    <name>RecentGames</name>
    <message>
        <source>No other games were opened lately</source>
        <translation>In letzter Zeit wurden keine anderen Spiele geöffnet</translation>
    </message>
</context>
<context>
    <name>ReelFields</name>
    <message>
        <source>As filmed</source>
        <translation>Wie gefilmt</translation>
    </message>
    <message>
        <source>Upright, for phones</source>
        <translation>Hochkant, fürs Handy</translation>
    </message>
    <message>
        <source>Shape of the reel</source>
        <translation>Form des Reels</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>At the start of each clip</source>
        <translation>Am Anfang jedes Clips</translation>
    </message>
    <message>
        <source>All through</source>
        <translation>Durchgehend</translation>
    </message>
    <message>
        <source>At the start, then all through</source>
        <translation>Am Anfang, dann durchgehend</translation>
    </message>
    <message>
        <source>Ring on the player</source>
        <translation>Ring um den Spieler</translation>
    </message>
    <message>
        <source>Crossfade between clips</source>
        <translation>Überblendung zwischen Clips</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Title and shift cards</source>
        <translation>Titel- und Einsatzkarten</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Ring</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>Überblendung</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>The picture follows the player.</source>
        <translation>Das Bild folgt dem Spieler.</translation>
    </message>
    <message>
        <source>The picture stops for a moment where the player is first seen well.</source>
        <translation>Das Bild hält kurz an, wo der Spieler zuerst gut zu sehen ist.</translation>
    </message>
    <message>
        <source>For as long as the player is seen.</source>
        <translation>Solange der Spieler zu sehen ist.</translation>
    </message>
</context>
<context>
    <name>ReelPlayer</name>
    <message>
        <source>The reel</source>
        <translation>Das Reel</translation>
    </message>
    <message>
        <source>Play the reel</source>
        <translation>Das Reel abspielen</translation>
    </message>
    <message>
        <source>Pause the reel</source>
        <translation>Das Reel anhalten</translation>
    </message>
    <message>
        <source>Place in the reel</source>
        <translation>Stelle im Reel</translation>
    </message>
    <message>
        <source>{name} cannot be played here; open it with another player.</source>
        <translation>{name} kann hier nicht abgespielt werden; öffne die Datei mit einem anderen Programm.</translation>
    </message>
</context>
<context>
    <name>RegionEditor</name>
    <message>
        <source>Drag corners to move them. Right-click deletes one. Esc when done.</source>
        <translation>Ecken ziehen, um sie zu verschieben. Ein Rechtsklick löscht eine. Esc zum Beenden.</translation>
    </message>
    <message>
        <source>Click the corners one after the other</source>
        <translation>Die Ecken nacheinander anklicken</translation>
    </message>
    <message>
        <source>Click the first corner again, or press Enter, to close it</source>
        <translation>Zum Schließen die erste Ecke noch einmal anklicken oder Enter drücken</translation>
    </message>
</context>
<context>
    <name>Remarks</name>
    <message>
        <source>you clicked on him at {time}</source>
        <translation>du hast ihn bei {time} angeklickt</translation>
    </message>
    <message>
        <source>you clicked on him at {time}, but nobody was seen where you clicked</source>
        <translation>du hast ihn bei {time} angeklickt, aber dort war niemand zu sehen</translation>
    </message>
    <message>
        <source>number {number} read 1 time</source>
        <translation>Nummer {number} 1 Mal gelesen</translation>
    </message>
    <message>
        <source>number {number} read {count} times</source>
        <translation>Nummer {number} {count} Mal gelesen</translation>
    </message>
    <message>
        <source>parts of number {number} read</source>
        <translation>Teile der Nummer {number} gelesen</translation>
    </message>
    <message>
        <source>other numbers than {number} read</source>
        <translation>andere Nummern als {number} gelesen</translation>
    </message>
    <message>
        <source>the numbers read on his back fit</source>
        <translation>die auf seinem Rücken gelesenen Nummern passen</translation>
    </message>
    <message>
        <source>the numbers read on his back do not fit</source>
        <translation>die auf seinem Rücken gelesenen Nummern passen nicht</translation>
    </message>
    <message>
        <source>the jersey&apos;s colour fits</source>
        <translation>die Trikotfarbe passt</translation>
    </message>
    <message>
        <source>the jersey&apos;s colour fits badly</source>
        <translation>die Trikotfarbe passt schlecht</translation>
    </message>
    <message>
        <source>comes on at the bench</source>
        <translation>kommt von der Bank aufs Eis</translation>
    </message>
    <message>
        <source>goes off at the bench</source>
        <translation>geht vom Eis auf die Bank</translation>
    </message>
    <message>
        <source>out of sight for {seconds} s at {time}</source>
        <translation>bei {time} {seconds} s lang nicht zu sehen</translation>
    </message>
    <message>
        <source>least certain at {time}, where it could be somebody else</source>
        <translation>am wenigsten sicher bei {time}, dort könnte es jemand anderes sein</translation>
    </message>
    <message>
        <source>longer than shifts mostly are, so it may be two</source>
        <translation>länger als die meisten Einsätze, es könnten also zwei sein</translation>
    </message>
    <message>
        <source>no click and no number in this shift, so nothing proves who it is</source>
        <translation>kein Klick und keine Nummer in diesem Einsatz, also beweist nichts, wer es ist</translation>
    </message>
    <message>
        <source>no bench is known, so nothing tells that he went off</source>
        <translation>keine Bank ist bekannt, also zeigt nichts, dass er vom Eis ging</translation>
    </message>
    <message>
        <source>you set this shift yourself</source>
        <translation>du hast diesen Einsatz selbst gesetzt</translation>
    </message>
    <message>
        <source>found by the old server</source>
        <translation>vom alten Server gefunden</translation>
    </message>
    <message>
        <source>{file} is cut off: it should be {length} long, but its pictures end at {end}; what is there is used, so copy it again if the rest is wanted.</source>
        <translation>{file} ist abgeschnitten: Es sollte {length} lang sein, aber die Bilder enden bei {end}; was da ist, wird benutzt, also kopiere es noch einmal, wenn du den Rest willst.</translation>
    </message>
    <message>
        <source>The encoder {encoder} does not work on this machine; {other} is used instead.</source>
        <translation>Der Encoder {encoder} funktioniert auf diesem Rechner nicht; stattdessen wird {other} benutzt.</translation>
    </message>
    <message>
        <source>Nobody was found where you clicked at {time}.</source>
        <translation>Wo du bei {time} geklickt hast, wurde niemand gefunden.</translation>
    </message>
    <message>
        <source>One person seems to be followed from {first} to {last}, but your marks say otherwise.</source>
        <translation>Von {first} bis {last} scheint ein und dieselbe Person verfolgt zu werden, aber deine Markierungen sagen etwas anderes.</translation>
    </message>
    <message>
        <source>{player} was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>{player} wurde nie angeklickt, also kann kein Einsatz von ihm gefunden werden; klicke ihn im Bild an, oder füge in der Setup-Datei einen Klick hinzu.</translation>
    </message>
    <message>
        <source>Number {number} was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>Nummer {number} wurde nie angeklickt, also kann kein Einsatz von ihm gefunden werden; klicke ihn im Bild an, oder füge in der Setup-Datei einen Klick hinzu.</translation>
    </message>
    <message>
        <source>The player was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>Der Spieler wurde nie angeklickt, also kann kein Einsatz von ihm gefunden werden; klicke ihn im Bild an, oder füge in der Setup-Datei einen Klick hinzu.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Shift {number}</source>
        <translation>Einsatz {number}</translation>
    </message>
    <message>
        <source>wrong, you said</source>
        <translation>falsch, hast du gesagt</translation>
    </message>
    <message>
        <source>right, you said</source>
        <translation>richtig, hast du gesagt</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Wie sicher</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>What you said</source>
        <translation>Was du gesagt hast</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 Frage</translation>
    </message>
    <message>
        <source>1 shift to check</source>
        <translation>1 Einsatz zu prüfen</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} Fragen</translation>
    </message>
    <message>
        <source>{count} shifts to check</source>
        <translation>{count} Einsätze zu prüfen</translation>
    </message>
    <message>
        <source>Nothing is left to check.</source>
        <translation>Es ist nichts mehr zu prüfen.</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>etwa {duration}</translation>
    </message>
    <message>
        <source>The shift at {time} is rejected, and your click in it at {click} was taken back with it; undo brings back both.</source>
        <translation>Der Einsatz bei {time} ist verworfen, und dein Klick darin bei {click} wurde mit zurückgenommen; Rückgängig holt beides zurück.</translation>
    </message>
    <message>
        <source>The shift at {time} is rejected, and your {count} clicks in it were taken back with it; undo brings all of it back.</source>
        <translation>Der Einsatz bei {time} ist verworfen, und deine {count} Klicks darin wurden mit zurückgenommen; Rückgängig holt alles zurück.</translation>
    </message>
    <message>
        <source>“{text}” is no time; write it as minutes:seconds, like 12:34.5.</source>
        <translation>„{text}“ ist keine Zeit; schreibe sie als Minuten:Sekunden, etwa 12:34.5.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>ShiftClipper did not end in order last time. Everything that was finished is kept; games that were interrupted go on with Continue.</source>
        <translation>ShiftClipper wurde letztes Mal nicht ordentlich beendet. Alles Fertige ist erhalten; unterbrochene Spiele gehen mit Fortsetzen weiter.</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>das Programm</translation>
    </message>
</context>
<context>
    <name>ShiftPanel</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Note on this shift</source>
        <translation>Notiz zu diesem Einsatz</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Einsätze</translation>
    </message>
</context>
<context>
    <name>ShiftTable</name>
    <message>
        <source>Shifts</source>
        <translation>Einsätze</translation>
    </message>
</context>
<context>
    <name>StageList</name>
    <message>
        <source>Stages</source>
        <translation>Schritte</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Try it with the sample game</source>
        <translation>Mit dem Beispielspiel ausprobieren</translation>
    </message>
    <message>
        <source>Progress of the sample game</source>
        <translation>Fortschritt des Beispielspiels</translation>
    </message>
    <message>
        <source>No film at hand?</source>
        <translation>Kein Video zur Hand?</translation>
    </message>
    <message>
        <source>See every step on a short drawn game. It is made on this computer and needs no network.</source>
        <translation>Sieh jeden Schritt an einem kurzen gezeichneten Spiel. Es wird auf diesem Computer gemacht und braucht kein Netz.</translation>
    </message>
    <message>
        <source>Drawing the sample game. It then goes through every step.</source>
        <translation>Das Beispielspiel wird gezeichnet. Danach geht es durch jeden Schritt.</translation>
    </message>
</context>
<context>
    <name>StartRefusal</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Put back the backup of {day}</source>
        <translation>Die Sicherung vom {day} zurückholen</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Drop</source>
        <translation>Ablegen</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Step {number} of {count}: {name}</source>
        <translation>Schritt {number} von {count}: {name}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline of the shifts</source>
        <translation>Zeitleiste der Einsätze</translation>
    </message>
    <message>
        <source>P{number}</source>
        <translation>D{number}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>One frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Pause playing</source>
        <translation>Wiedergabe anhalten</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>Ein Bild weiter</translation>
    </message>
    <message>
        <source>Time in the game</source>
        <translation>Zeit im Spiel</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Turn the sound off</source>
        <translation>Ton ausschalten</translation>
    </message>
    <message>
        <source>Turn the sound on</source>
        <translation>Ton einschalten</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Not started</source>
        <translation>Nicht begonnen</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Reading the film</source>
        <translation>Video wird gelesen</translation>
    </message>
    <message>
        <source>Finding players</source>
        <translation>Spieler werden gesucht</translation>
    </message>
    <message>
        <source>Following the player</source>
        <translation>Spieler wird verfolgt</translation>
    </message>
    <message>
        <source>Cutting the clips</source>
        <translation>Clips werden geschnitten</translation>
    </message>
    <message>
        <source>Joining the reel</source>
        <translation>Reel wird zusammengesetzt</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Bericht wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>Ergebnisse werden geschrieben</translation>
    </message>
    <message>
        <source>about {duration} left</source>
        <translation>noch etwa {duration}</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>noch {count} s</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>noch {count} min</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>noch {count} h</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 Sekunde</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>etwa {size}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>added today at {time}</source>
        <translation>heute um {time} hinzugefügt</translation>
    </message>
    <message>
        <source>added yesterday at {time}</source>
        <translation>gestern um {time} hinzugefügt</translation>
    </message>
    <message>
        <source>added on {date}</source>
        <translation>am {date} hinzugefügt</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>1 shift</source>
        <translation>1 Einsatz</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} Sekunden</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} Minuten</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} Stunden</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} Dateien</translation>
    </message>
    <message>
        <source>{count} shifts</source>
        <translation>{count} Einsätze</translation>
    </message>
    <message>
        <source>No shifts found</source>
        <translation>Keine Einsätze gefunden</translation>
    </message>
    <message>
        <source>{time} on the ice</source>
        <translation>{time} auf dem Eis</translation>
    </message>
    <message>
        <source>One game</source>
        <translation>Ein Spiel</translation>
    </message>
    <message>
        <source>{games} games</source>
        <translation>{games} Spiele</translation>
    </message>
    <message>
        <source>{games} games from {files} files</source>
        <translation>{games} Spiele aus {files} Dateien</translation>
    </message>
    <message>
        <source>One game in {parts} parts</source>
        <translation>Ein Spiel in {parts} Teilen</translation>
    </message>
    <message>
        <source>The player</source>
        <translation>Der Spieler</translation>
    </message>
    <message>
        <source>fixed, sees the whole ice</source>
        <translation>fest, sieht das ganze Eis</translation>
    </message>
    <message>
        <source>panning</source>
        <translation>schwenkend</translation>
    </message>
    <message>
        <source>broadcast</source>
        <translation>Fernsehübertragung</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>Handy</translation>
    </message>
    <message>
        <source>Camera: {kind}</source>
        <translation>Kamera: {kind}</translation>
    </message>
    <message>
        <source>Quality: fast</source>
        <translation>Qualität: schnell</translation>
    </message>
    <message>
        <source>Quality: balanced</source>
        <translation>Qualität: ausgewogen</translation>
    </message>
    <message>
        <source>Quality: thorough</source>
        <translation>Qualität: gründlich</translation>
    </message>
    <message>
        <source>Level: any</source>
        <translation>Spielklasse: jede</translation>
    </message>
    <message>
        <source>Level: youth</source>
        <translation>Spielklasse: Nachwuchs</translation>
    </message>
    <message>
        <source>Level: adult</source>
        <translation>Spielklasse: Erwachsene</translation>
    </message>
    <message>
        <source>Level: professional</source>
        <translation>Spielklasse: Profis</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>please check</source>
        <translation>bitte prüfen</translation>
    </message>
    <message>
        <source>took {duration}</source>
        <translation>dauerte {duration}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waits until the player is known</source>
        <translation>wartet, bis der Spieler bekannt ist</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>nicht verlangt</translation>
    </message>
</context>
</TS>
