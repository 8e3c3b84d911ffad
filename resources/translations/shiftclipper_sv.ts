<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sv" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About ShiftClipper</source>
        <translation>Om ShiftClipper</translation>
    </message>
    <message>
        <source>Your film never leaves this computer: there is no account, and the network is never used.</source>
        <translation>Din film lämnar aldrig den här datorn: det finns inget konto, och nätet används aldrig.</translation>
    </message>
    <message>
        <source>Games and settings are kept in {folder}.</source>
        <translation>Matcher och inställningar sparas i {folder}.</translation>
    </message>
    <message>
        <source>Gathering the licences</source>
        <translation>Licenserna samlas in</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licenser</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Kopiera allt</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Visa i mappen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
</context>
<context>
    <name>AnswerTile</name>
    <message>
        <source>Person {number}, the likeliest</source>
        <translation>Person {number}, den troligaste</translation>
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
        <translation>Vad som släpptes</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Dölj</translation>
    </message>
    <message>
        <source>Looking at {name}</source>
        <translation>Tittar på {name}</translation>
    </message>
    <message>
        <source>{games} instead</source>
        <translation>{games} i stället</translation>
    </message>
    <message>
        <source>Change to: {games}</source>
        <translation>Ändra till: {games}</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>del {number}</translation>
    </message>
    <message>
        <source>game {number}</source>
        <translation>match {number}</translation>
    </message>
    <message>
        <source>1 file was not taken</source>
        <translation>1 fil togs inte emot</translation>
    </message>
    <message>
        <source>{count} files were not taken</source>
        <translation>{count} filer togs inte emot</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>The file cannot be read ({error}); check it and try again.</source>
        <translation>Filen kan inte läsas ({error}); kontrollera den och försök igen.</translation>
    </message>
    <message>
        <source>It does not say which game it is for; drop it on the game.</source>
        <translation>Det framgår inte vilken match den hör till; släpp den på matchen.</translation>
    </message>
    <message>
        <source>There is no video in this folder.</source>
        <translation>Det finns ingen film i den här mappen.</translation>
    </message>
    <message>
        <source>Only the first {count} files were looked at; drop fewer at a time.</source>
        <translation>Bara de första {count} filerna granskades; släpp färre åt gången.</translation>
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
        <translation>{percent} {title}, 1 till väntar</translation>
    </message>
    <message>
        <source>{percent} {title}, {count} more wait</source>
        <translation>{percent} {title}, {count} till väntar</translation>
    </message>
</context>
<context>
    <name>BelowPicture</name>
    <message>
        <source>Part of the game that the timeline shows</source>
        <translation>Den del av matchen som tidslinjen visar</translation>
    </message>
    <message>
        <source>Only shifts</source>
        <translation>Bara byten</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rätt</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Fel</translation>
    </message>
</context>
<context>
    <name>CameraChoice</name>
    <message>
        <source>Kind of camera</source>
        <translation>Typ av kamera</translation>
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
        <translation>klick vid {time}</translation>
    </message>
    <message>
        <source>“not him” at {time}</source>
        <translation>”inte han” vid {time}</translation>
    </message>
    <message>
        <source>“on the bench” at {time}</source>
        <translation>”i båset” vid {time}</translation>
    </message>
    <message>
        <source>answer at {time}</source>
        <translation>svar vid {time}</translation>
    </message>
    <message>
        <source>taking a click back</source>
        <translation>återtagande av ett klick</translation>
    </message>
    <message>
        <source>setup file</source>
        <translation>inställningsfil</translation>
    </message>
    <message>
        <source>name and number</source>
        <translation>namn och nummer</translation>
    </message>
    <message>
        <source>colour of the jersey</source>
        <translation>tröjans färg</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>områden</translation>
    </message>
    <message>
        <source>kind of camera</source>
        <translation>typ av kamera</translation>
    </message>
    <message>
        <source>how closely to look</source>
        <translation>hur noga det tittas</translation>
    </message>
    <message>
        <source>level of play</source>
        <translation>spelnivå</translation>
    </message>
    <message>
        <source>settings of a preset</source>
        <translation>inställningarna i en förinställning</translation>
    </message>
    <message>
        <source>players</source>
        <translation>spelare</translation>
    </message>
    <message>
        <source>periods</source>
        <translation>perioder</translation>
    </message>
    <message>
        <source>new shift at {time}</source>
        <translation>nytt byte vid {time}</translation>
    </message>
    <message>
        <source>shifts from a list</source>
        <translation>byten från en lista</translation>
    </message>
    <message>
        <source>times of the shift at {time}</source>
        <translation>tider för bytet vid {time}</translation>
    </message>
    <message>
        <source>accepting the shift at {time}</source>
        <translation>godkännande av bytet vid {time}</translation>
    </message>
    <message>
        <source>rejecting the shift at {time}</source>
        <translation>avvisande av bytet vid {time}</translation>
    </message>
    <message>
        <source>taking back what you said of the shift at {time}</source>
        <translation>återtagande av det du sagt om bytet vid {time}</translation>
    </message>
    <message>
        <source>deleting the shift at {time}</source>
        <translation>borttagning av bytet vid {time}</translation>
    </message>
    <message>
        <source>splitting the shift at {time}</source>
        <translation>delning av bytet vid {time}</translation>
    </message>
    <message>
        <source>joining the shift at {time} with the next</source>
        <translation>sammanslagning av bytet vid {time} med nästa</translation>
    </message>
    <message>
        <source>note on the shift at {time}</source>
        <translation>anteckning om bytet vid {time}</translation>
    </message>
    <message>
        <source>last change</source>
        <translation>senaste ändring</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open game videos</source>
        <translation>Öppna matchfilmer</translation>
    </message>
    <message>
        <source>Videos and setup files ({endings})</source>
        <translation>Filmer och inställningsfiler ({endings})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alla filer (*)</translation>
    </message>
    <message>
        <source>Open a folder of game videos</source>
        <translation>Öppna en mapp med matchfilmer</translation>
    </message>
    <message>
        <source>Open a setup file</source>
        <translation>Öppna en inställningsfil</translation>
    </message>
    <message>
        <source>Setup files (*.json)</source>
        <translation>Inställningsfiler (*.json)</translation>
    </message>
    <message>
        <source>Take shifts from a list</source>
        <translation>Ta byten från en lista</translation>
    </message>
    <message>
        <source>Lists of shifts (*.csv)</source>
        <translation>Listor över byten (*.csv)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Rensa</translation>
    </message>
    <message>
        <source>Really delete “{title}”?</source>
        <translation>Vill du verkligen ta bort ”{title}”?</translation>
    </message>
    <message>
        <source>Its clips, reel and report in the program&apos;s folder are deleted too. Your film stays.</source>
        <translation>Dess klipp, reel och rapport i programmets mapp tas också bort. Din film blir kvar.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Ta bort</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behåll</translation>
    </message>
</context>
<context>
    <name>DoneCard</name>
    <message>
        <source>Play reel</source>
        <translation>Spela upp reelen</translation>
    </message>
    <message>
        <source>Play it with the program that this computer has for films</source>
        <translation>Spela upp den med datorns program för film</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Visa i mappen</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Öppna rapporten</translation>
    </message>
    <message>
        <source>Next game</source>
        <translation>Nästa match</translation>
    </message>
    <message>
        <source>Changed since the last export</source>
        <translation>Ändrat sedan senaste exporten</translation>
    </message>
    <message>
        <source>Export again, and only what changed is made anew.</source>
        <translation>Exportera igen; bara det som ändrats görs om.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exporterat</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Open files</source>
        <translation>Öppna filer</translation>
    </message>
    <message>
        <source>Drop a game video here</source>
        <translation>Släpp en matchfilm här</translation>
    </message>
    <message>
        <source>Files or a whole folder. The parts of one game can come together. Analysis starts by itself.</source>
        <translation>Filer eller en hel mapp. En matchs delar kan komma tillsammans. Analysen börjar av sig själv.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Öppna en mapp</translation>
    </message>
    <message>
        <source>Drop games here</source>
        <translation>Släpp matcher här</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>This is not a file on this computer; download it first, then drop it.</source>
        <translation>Det är ingen fil på den här datorn; ladda ner den först och släpp den sedan.</translation>
    </message>
</context>
<context>
    <name>EncoderBox</name>
    <message>
        <source>Encoder</source>
        <translation>Kodare</translation>
    </message>
    <message>
        <source>none works</source>
        <translation>ingen fungerar</translation>
    </message>
    <message>
        <source>Automatic: {encoder}</source>
        <translation>Automatiskt: {encoder}</translation>
    </message>
    <message>
        <source>{encoder}, works here</source>
        <translation>{encoder}, fungerar här</translation>
    </message>
    <message>
        <source>{encoder}, not on this machine</source>
        <translation>{encoder}, inte på den här datorn</translation>
    </message>
</context>
<context>
    <name>Encoders</name>
    <message>
        <source>Automatic</source>
        <translation>Automatiskt</translation>
    </message>
    <message>
        <source>Software (x264)</source>
        <translation>Programvara (x264)</translation>
    </message>
    <message>
        <source>Software (OpenH264)</source>
        <translation>Programvara (OpenH264)</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Phone and social</source>
        <translation>Mobil och sociala medier</translation>
    </message>
    <message>
        <source>Tight clips, and an upright reel that follows your player.</source>
        <translation>Korta klipp och en stående reel som följer din spelare.</translation>
    </message>
    <message>
        <source>Coach</source>
        <translation>Tränare</translation>
    </message>
    <message>
        <source>A clip of every shift, one reel, and a report with the time on ice.</source>
        <translation>Ett klipp av varje byte, en reel av alla och en rapport med istiden.</translation>
    </message>
    <message>
        <source>Recruiting reel</source>
        <translation>Rekryteringsreel</translation>
    </message>
    <message>
        <source>A reel with title and cards that shows who it is and how each play began.</source>
        <translation>En reel med titel och kort som visar vem det är och hur varje spel började.</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export</source>
        <translation>Exportera</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mer</translation>
    </message>
    <message>
        <source>Change folder</source>
        <translation>Byt mapp</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Hamnar i</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>Exportera igen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>Say first who your player is.</source>
        <translation>Tala först om vem din spelare är.</translation>
    </message>
    <message>
        <source>No shifts were found. Add one in the review, or click on the player once more.</source>
        <translation>Inga byten hittades. Lägg till ett vid granskningen, eller klicka på spelaren en gång till.</translation>
    </message>
    <message>
        <source>The clips are cut as soon as the shifts are known.</source>
        <translation>Klippen görs så snart bytena är kända.</translation>
    </message>
    <message>
        <source>The game is looked through first.</source>
        <translation>Matchen gås igenom först.</translation>
    </message>
    <message>
        <source>1 clip</source>
        <translation>1 klipp</translation>
    </message>
    <message>
        <source>{count} clips</source>
        <translation>{count} klipp</translation>
    </message>
    <message>
        <source>{clips}, together about {duration}</source>
        <translation>{clips}, tillsammans ungefär {duration}</translation>
    </message>
    <message>
        <source>one reel</source>
        <translation>en reel</translation>
    </message>
    <message>
        <source>report and table</source>
        <translation>rapport och tabell</translation>
    </message>
    <message>
        <source>Folder for clips, reel and report</source>
        <translation>Mapp för klipp, reel och rapport</translation>
    </message>
</context>
<context>
    <name>Fallbacks</name>
    <message>
        <source>the film is {codec}, which is not copied into clips</source>
        <translation>filmen är {codec}, som inte kopieras till klipp</translation>
    </message>
    <message>
        <source>too few pictures between two keyframes lie inside</source>
        <translation>för få bilder mellan två nyckelbilder ligger i det</translation>
    </message>
    <message>
        <source>the film has no keyframes at which it can be copied</source>
        <translation>filmen saknar nyckelbilder där den kan kopieras</translation>
    </message>
    <message>
        <source>the film hides some of its pictures</source>
        <translation>filmen döljer några av sina bilder</translation>
    </message>
    <message>
        <source>the film&apos;s pictures are not in the usual order</source>
        <translation>filmens bilder inte ligger i vanlig ordning</translation>
    </message>
    <message>
        <source>the film is interlaced</source>
        <translation>filmen är radsprångad</translation>
    </message>
    <message>
        <source>the film is turned</source>
        <translation>filmen är vriden</translation>
    </message>
    <message>
        <source>the film&apos;s pixels are not square</source>
        <translation>filmens bildpunkter inte är kvadratiska</translation>
    </message>
    <message>
        <source>few players show the film&apos;s kind of colours</source>
        <translation>få spelare visar filmens sorts färger</translation>
    </message>
    <message>
        <source>a copy of the film did not come out right</source>
        <translation>en kopia av filmen inte blev rätt</translation>
    </message>
    <message>
        <source>this kind of film is not copied</source>
        <translation>den här sortens film inte kopieras</translation>
    </message>
    <message>
        <source>1 clip was cut exactly because {reason}.</source>
        <translation>1 klipp klipptes exakt eftersom {reason}.</translation>
    </message>
    <message>
        <source>{count} clips were cut exactly because {reason}.</source>
        <translation>{count} klipp klipptes exakt eftersom {reason}.</translation>
    </message>
    <message>
        <source>{count} clips were made by another encoder because the first failed.</source>
        <translation>{count} klipp gjordes av en annan kodare eftersom den första misslyckades.</translation>
    </message>
    <message>
        <source>In {count} clips pictures are missing that are damaged in the film.</source>
        <translation>I {count} klipp saknas bilder som är skadade i filmen.</translation>
    </message>
    <message>
        <source>1 clip was made by another encoder because the first failed.</source>
        <translation>1 klipp gjordes av en annan kodare eftersom den första misslyckades.</translation>
    </message>
    <message>
        <source>In 1 clip pictures are missing that are damaged in the film.</source>
        <translation>I 1 klipp saknas bilder som är skadade i filmen.</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <source>Click on the player</source>
        <translation>Klicka på spelaren</translation>
    </message>
</context>
<context>
    <name>FollowCard</name>
    <message>
        <source>Watch the shifts</source>
        <translation>Titta på bytena</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Titta</translation>
    </message>
    <message>
        <source>Plays only the shifts</source>
        <translation>Spelar bara bytena</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Klar</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Sluta titta</translation>
    </message>
    <message>
        <source>Not him</source>
        <translation>Inte han</translation>
    </message>
    <message>
        <source>None of this shift is the player</source>
        <translation>Inget av det här bytet är spelaren</translation>
    </message>
    <message>
        <source>Time on the ice that was watched</source>
        <translation>Istid som har setts</translation>
    </message>
    <message>
        <source>{rate} times the real speed</source>
        <translation>{rate} gånger verklig fart</translation>
    </message>
    <message>
        <source>Back on</source>
        <translation>På isen igen</translation>
    </message>
    <message>
        <source>Off now</source>
        <translation>Av isen nu</translation>
    </message>
    <message>
        <source>{watched} of {total} watched</source>
        <translation>{watched} av {total} sett</translation>
    </message>
    <message>
        <source>Click on the player when the ring is on somebody else.</source>
        <translation>Klicka på spelaren när ringen är på någon annan.</translation>
    </message>
    <message>
        <source>There are no shifts yet.</source>
        <translation>Det finns inga byten än.</translation>
    </message>
    <message>
        <source>All of it was watched or accepted.</source>
        <translation>Allt har setts eller godkänts.</translation>
    </message>
    <message>
        <source>Plays only what is proposed, about {duration} at {rate}×.</source>
        <translation>Spelar bara det som föreslås, ungefär {duration} vid {rate}×.</translation>
    </message>
</context>
<context>
    <name>GameList</name>
    <message>
        <source>Games</source>
        <translation>Matcher</translation>
    </message>
</context>
<context>
    <name>GameMenu</name>
    <message>
        <source>Continue</source>
        <translation>Fortsätt</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Försök igen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Kör igen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Paus</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Run next</source>
        <translation>Kör härnäst</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Tidigare</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Senare</translation>
    </message>
    <message>
        <source>Take shifts from a list…</source>
        <translation>Ta byten från en lista…</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Visa loggen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Rensa</translation>
    </message>
</context>
<context>
    <name>GamePage</name>
    <message>
        <source>Pause</source>
        <translation>Paus</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsätt</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Försök igen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Kör igen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Rensa</translation>
    </message>
    <message>
        <source>Delete this game from the list, with its clips</source>
        <translation>Ta bort matchen ur listan, med sina klipp</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Visa i mappen</translation>
    </message>
    <message>
        <source>Play reel</source>
        <translation>Spela upp reelen</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Öppna rapporten</translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation>Jobbets framsteg</translation>
    </message>
    <message>
        <source>time on ice</source>
        <translation>istid</translation>
    </message>
    <message>
        <source>The film is analysed. Click on your player in the picture.</source>
        <translation>Filmen är analyserad. Klicka på din spelare i bilden.</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>shifts</source>
        <translation>byten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starta</translation>
    </message>
</context>
<context>
    <name>Handovers</name>
    <message>
        <source>It is a setup without a game; drop it together with the game&apos;s video.</source>
        <translation>Det är inställningar utan match; släpp dem tillsammans med matchens film.</translation>
    </message>
    <message>
        <source>It is a list without a game; drop it on its game in the list of games.</source>
        <translation>Det är en lista utan match; släpp den på sin match i listan över matcher.</translation>
    </message>
    <message>
        <source>{name} holds the shifts that are here already.</source>
        <translation>{name} innehåller de byten som redan finns här.</translation>
    </message>
    <message>
        <source>From {name}: {added} new, {moved} with other times, {unchanged} as before.</source>
        <translation>Från {name}: {added} nya, {moved} med andra tider, {unchanged} som förut.</translation>
    </message>
    <message>
        <source>Games of the old server: {new} taken over, {known} here already.</source>
        <translation>Matcher från den gamla servern: {new} övertagna, {known} fanns redan.</translation>
    </message>
    <message>
        <source>{count} left out; the first: {reason}</source>
        <translation>{count} utelämnade; den första: {reason}</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Keys</source>
        <translation>Tangenter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>Om programmet och licenser</translation>
    </message>
    <message>
        <source>Choose an answer</source>
        <translation>Välj ett svar</translation>
    </message>
</context>
<context>
    <name>JobActions</name>
    <message>
        <source>{name} was found again; nothing is done a second time.</source>
        <translation>{name} hittades igen; ingenting görs en andra gång.</translation>
    </message>
    <message>
        <source>Left out, because it means nothing here: {keys}.</source>
        <translation>Utelämnat, eftersom det inte betyder något här: {keys}.</translation>
    </message>
</context>
<context>
    <name>JobModel</name>
    <message>
        <source>Film analysed</source>
        <translation>Filmen analyserad</translation>
    </message>
    <message>
        <source>Click on your player in the picture</source>
        <translation>Klicka på din spelare i bilden</translation>
    </message>
    <message>
        <source>Drag it to let it run earlier or later</source>
        <translation>Dra den för att köra den tidigare eller senare</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Playing</source>
        <translation>Uppspelning</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Förflyttning</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Byten</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Frågor</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>{count} s back</source>
        <translation>{count} s bakåt</translation>
    </message>
    <message>
        <source>{count} s forward</source>
        <translation>{count} s framåt</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Spela eller pausa</translation>
    </message>
    <message>
        <source>Play backwards; again: faster</source>
        <translation>Spela baklänges; igen: snabbare</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Play; again: faster</source>
        <translation>Spela; igen: snabbare</translation>
    </message>
    <message>
        <source>Play only the shifts</source>
        <translation>Spela bara bytena</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Helskärm</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>En bildruta bakåt</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>En bildruta framåt</translation>
    </message>
    <message>
        <source>Closer on the timeline</source>
        <translation>Närmare på tidslinjen</translation>
    </message>
    <message>
        <source>Farther on the timeline</source>
        <translation>Längre bort på tidslinjen</translation>
    </message>
    <message>
        <source>Answer {number}</source>
        <translation>Svar {number}</translation>
    </message>
    <message>
        <source>Previous shift</source>
        <translation>Föregående byte</translation>
    </message>
    <message>
        <source>Next shift</source>
        <translation>Nästa byte</translation>
    </message>
    <message>
        <source>The shift starts here</source>
        <translation>Bytet börjar här</translation>
    </message>
    <message>
        <source>The shift ends here</source>
        <translation>Bytet slutar här</translation>
    </message>
    <message>
        <source>Off the ice now, or back on it</source>
        <translation>Av isen nu, eller på den igen</translation>
    </message>
    <message>
        <source>Split the shift here</source>
        <translation>Dela bytet här</translation>
    </message>
    <message>
        <source>Join with the next shift</source>
        <translation>Slå ihop med nästa byte</translation>
    </message>
    <message>
        <source>Delete the shift</source>
        <translation>Ta bort bytet</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rätt</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Fel</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>Ingen av dem</translation>
    </message>
    <message>
        <source>Skip the question</source>
        <translation>Hoppa över frågan</translation>
    </message>
    <message>
        <source>Watch the shifts</source>
        <translation>Titta på bytena</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Ångra</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Gör om</translation>
    </message>
    <message>
        <source>Open game videos</source>
        <translation>Öppna matchfilmer</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportera</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Inställningar</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Den här översikten</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>Logg</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Kopiera allt</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Visa i mappen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Log of {title}</source>
        <translation>Logg för {title}</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Loggen är tom.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Games</source>
        <translation>Matcher</translation>
    </message>
    <message>
        <source>Something went wrong inside ShiftClipper. Your games are safe; please report the details.</source>
        <translation>Något gick fel i ShiftClipper. Dina matcher är säkra; rapportera gärna detaljerna.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
</context>
<context>
    <name>MorePanel</name>
    <message>
        <source>A clip of every shift</source>
        <translation>Ett klipp av varje byte</translation>
    </message>
    <message>
        <source>All clips joined to one reel</source>
        <translation>Alla klipp i en enda reel</translation>
    </message>
    <message>
        <source>A report, and a table of the shifts</source>
        <translation>En rapport och en tabell över bytena</translation>
    </message>
    <message>
        <source>Copied, with exact ends</source>
        <translation>Kopierat, med exakta ändar</translation>
    </message>
    <message>
        <source>How clips are cut</source>
        <translation>Hur klippen görs</translation>
    </message>
    <message>
        <source>Only the ends are made anew: quick, exact, and in the film&apos;s own quality.</source>
        <translation>Bara ändarna görs om: snabbt, exakt och i filmens egen kvalitet.</translation>
    </message>
    <message>
        <source>Seconds before each shift</source>
        <translation>Sekunder före varje byte</translation>
    </message>
    <message>
        <source>Seconds after each shift</source>
        <translation>Sekunder efter varje byte</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatiskt</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopierat</translation>
    </message>
    <message>
        <source>Every picture is made anew. The clips play everywhere.</source>
        <translation>Varje bild görs om. Klippen går att spela överallt.</translation>
    </message>
    <message>
        <source>Copied where that is possible and plays everywhere: quicker, and as sharp.</source>
        <translation>Kopierat där det går och spelas överallt: snabbare och lika skarpt.</translation>
    </message>
    <message>
        <source>Copied as it is: quickest, and a little wider than the shift.</source>
        <translation>Kopierat som det är: snabbast, och lite längre än bytet.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Vad</translation>
    </message>
    <message>
        <source>Reel</source>
        <translation>Reel</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Klipp</translation>
    </message>
    <message>
        <source>Cutting</source>
        <translation>Klippning</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Kodare</translation>
    </message>
    <message>
        <source>Before a shift</source>
        <translation>Före ett byte</translation>
    </message>
    <message>
        <source>After a shift</source>
        <translation>Efter ett byte</translation>
    </message>
    <message>
        <source>Files for other programs</source>
        <translation>Filer för andra program</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namn</translation>
    </message>
</context>
<context>
    <name>NamesField</name>
    <message>
        <source>Names of the clips</source>
        <translation>Klippens namn</translation>
    </message>
    <message>
        <source>{placeholders} stand for what they say.</source>
        <translation>{placeholders} står för det de säger.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Notice</source>
        <translation>Meddelande</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Dölj</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>{name} is not there any more; run the game again to make it anew.</source>
        <translation>{name} finns inte kvar; kör matchen igen för att göra om den.</translation>
    </message>
    <message>
        <source>No program here opens {path}; open it by hand.</source>
        <translation>Inget program här öppnar {path}; öppna den för hand.</translation>
    </message>
    <message>
        <source>{path} is not there yet.</source>
        <translation>{path} finns inte än.</translation>
    </message>
</context>
<context>
    <name>PickPanel</name>
    <message>
        <source>Players</source>
        <translation>Spelare</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Number on the jersey</source>
        <translation>Nummer på tröjan</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Namn</translation>
    </message>
    <message>
        <source>Name of the player</source>
        <translation>Spelarens namn</translation>
    </message>
    <message>
        <source>Take the jersey&apos;s colour from the picture</source>
        <translation>Ta tröjans färg från bilden</translation>
    </message>
    <message>
        <source>Take back the newest click</source>
        <translation>Ta tillbaka det senaste klicket</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Bås</translation>
    </message>
    <message>
        <source>Rink</source>
        <translation>Rink</translation>
    </message>
    <message>
        <source>Penalty</source>
        <translation>Utvisningsbås</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Ändra</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>Hur noga det ska tittas</translation>
    </message>
    <message>
        <source>Another choice looks at the film once more</source>
        <translation>Ett annat val tittar på filmen en gång till</translation>
    </message>
    <message>
        <source>Level of play</source>
        <translation>Spelnivå</translation>
    </message>
    <message>
        <source>Says how long shifts usually are</source>
        <translation>Säger hur långa byten brukar vara</translation>
    </message>
    <message>
        <source>Another player</source>
        <translation>En spelare till</translation>
    </message>
    <message>
        <source>Clicks: {count}</source>
        <translation>Klick: {count}</translation>
    </message>
    <message>
        <source>Player {n}</source>
        <translation>Spelare {n}</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Click on the jersey</source>
        <translation>Klicka på tröjan</translation>
    </message>
    <message>
        <source>Click on your player</source>
        <translation>Klicka på din spelare</translation>
    </message>
    <message>
        <source>the player</source>
        <translation>spelaren</translation>
    </message>
    <message>
        <source>This is {name}</source>
        <translation>Detta är {name}</translation>
    </message>
    <message>
        <source>Not him</source>
        <translation>Inte han</translation>
    </message>
    <message>
        <source>On the bench now</source>
        <translation>I båset nu</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>The film cannot be shown: {reason}</source>
        <translation>Filmen kan inte visas: {reason}</translation>
    </message>
</context>
<context>
    <name>PlayerPanel</name>
    <message>
        <source>Open setup file</source>
        <translation>Öppna inställningsfil</translation>
    </message>
    <message>
        <source>Other setup file</source>
        <translation>Annan inställningsfil</translation>
    </message>
    <message>
        <source>Or drop a setup.json here.</source>
        <translation>Eller släpp en setup.json här.</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Byten</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Spelare</translation>
    </message>
    <message>
        <source>Review the shifts</source>
        <translation>Granska bytena</translation>
    </message>
    <message>
        <source>Click on your player in the picture, or open a setup file.</source>
        <translation>Klicka på din spelare i bilden eller öppna en inställningsfil.</translation>
    </message>
    <message>
        <source>They appear once the player is known.</source>
        <translation>De visas när spelaren är känd.</translation>
    </message>
    <message>
        <source>No shifts found. More clicks in the setup file help.</source>
        <translation>Inga byten hittades. Fler klick i inställningsfilen hjälper.</translation>
    </message>
    <message>
        <source>They appear when the analysis is done.</source>
        <translation>De visas när analysen är klar.</translation>
    </message>
    <message>
        <source>rink</source>
        <translation>rink</translation>
    </message>
    <message>
        <source>bench</source>
        <translation>bås</translation>
    </message>
    <message>
        <source>penalty box</source>
        <translation>utvisningsbås</translation>
    </message>
    <message>
        <source>none</source>
        <translation>inga</translation>
    </message>
    <message>
        <source>Outlines: {names}</source>
        <translation>Konturer: {names}</translation>
    </message>
</context>
<context>
    <name>PreferencesWindow</name>
    <message>
        <source>Preferences</source>
        <translation>Inställningar</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Färger</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Språk</translation>
    </message>
    <message>
        <source>Tell me when a game is done</source>
        <translation>Säg till när en match är klar</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>Hur noga det ska tittas</translation>
    </message>
    <message>
        <source>Seconds before each shift</source>
        <translation>Sekunder före varje byte</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds after each shift</source>
        <translation>Sekunder efter varje byte</translation>
    </message>
    <message>
        <source>Change folder</source>
        <translation>Byt mapp</translation>
    </message>
    <message>
        <source>Use the usual folder</source>
        <translation>Använd den vanliga mappen</translation>
    </message>
    <message>
        <source>Empty it</source>
        <translation>Töm</translation>
    </message>
    <message>
        <source>Remove the scrub copies; they are made again when needed</source>
        <translation>Ta bort de små kopiorna; de görs om vid behov</translation>
    </message>
    <message>
        <source>Largest size of the cache</source>
        <translation>Cachens största storlek</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Kodare</translation>
    </message>
    <message>
        <source>Before a shift</source>
        <translation>Före ett byte</translation>
    </message>
    <message>
        <source>After a shift</source>
        <translation>Efter ett byte</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Utseende</translation>
    </message>
    <message>
        <source>New games begin with</source>
        <translation>Nya matcher börjar med</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Small copies of the films, so that every picture is there at once.</source>
        <translation>Små kopior av filmerna, så att varje bild finns där genast.</translation>
    </message>
    <message>
        <source>No larger than</source>
        <translation>Inte större än</translation>
    </message>
    <message>
        <source>With the games, in the data folder</source>
        <translation>Hos matcherna, i datamappen</translation>
    </message>
    <message>
        <source>{size} in use</source>
        <translation>{size} används</translation>
    </message>
    <message>
        <source>Nothing in it</source>
        <translation>Ingenting i den</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Som systemet</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Ljust</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Mörkt</translation>
    </message>
    <message>
        <source>Fast: may miss people far away</source>
        <translation>Snabbt: kan missa spelare långt bort</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Balanserat</translation>
    </message>
    <message>
        <source>Thorough: takes longer</source>
        <translation>Grundligt: tar längre tid</translation>
    </message>
    <message>
        <source>Folder for the cache</source>
        <translation>Mapp för cachen</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Name of the preset</source>
        <translation>Förinställningens namn</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Spara</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Save these settings as a preset</source>
        <translation>Spara de här inställningarna som en förinställning</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Byt namn</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Ta bort</translation>
    </message>
    <message>
        <source>Left as they were, because this version does not know their values: {names}.</source>
        <translation>Lämnades som de var, eftersom den här versionen inte känner till deras värden: {names}.</translation>
    </message>
    <message>
        <source>Really delete the preset “{name}”?</source>
        <translation>Vill du verkligen ta bort förinställningen ”{name}”?</translation>
    </message>
    <message>
        <source>Games that were set up with it stay as they are.</source>
        <translation>Matcher som ställdes in med den förblir som de är.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersätt</translation>
    </message>
    <message>
        <source>There is a preset of this name; it would be replaced.</source>
        <translation>Det finns redan en förinställning med det namnet; den skulle ersättas.</translation>
    </message>
    <message>
        <source>There is a preset of this name; choose another one.</source>
        <translation>Det finns redan en förinställning med det namnet; välj ett annat.</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>Förinställning: {name}</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>Mina förinställningar</translation>
    </message>
</context>
<context>
    <name>ProgramParts</name>
    <message>
        <source>Recent games</source>
        <translation>Senaste matcher</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Inställningar</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tangenter</translation>
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
        <translation>Alla klipprogram (EDL)</translation>
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
        <translation>Kapitel för YouTube</translation>
    </message>
    <message>
        <source>Tables (CSV)</source>
        <translation>Tabeller (CSV)</translation>
    </message>
    <message>
        <source>Tracking programs (MOT)</source>
        <translation>Spårningsprogram (MOT)</translation>
    </message>
</context>
<context>
    <name>ProgramsField</name>
    <message>
        <source>They go into the folder “files”. results.json and manifest.json are always written.</source>
        <translation>De hamnar i mappen ”files”. results.json och manifest.json skrivs alltid.</translation>
    </message>
    <message>
        <source>They are written together with the report.</source>
        <translation>De skrivs tillsammans med rapporten.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Progress of the export</source>
        <translation>Exportens framsteg</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Paus</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
</context>
<context>
    <name>ProposedBench</name>
    <message>
        <source>Take the proposed bench</source>
        <translation>Ta det föreslagna båset</translation>
    </message>
    <message>
        <source>People come and go at the dashed outline.</source>
        <translation>Folk kommer och går vid den streckade linjen.</translation>
    </message>
</context>
<context>
    <name>QuestionCards</name>
    <message>
        <source>your player</source>
        <translation>din spelare</translation>
    </message>
    <message>
        <source>Is this {name}?</source>
        <translation>Är det här {name}?</translation>
    </message>
    <message>
        <source>Which of these is {name}?</source>
        <translation>Vem av dem är {name}?</translation>
    </message>
    <message>
        <source>Settles about {duration} on the ice</source>
        <translation>Avgör ungefär {duration} på isen</translation>
    </message>
    <message>
        <source>No questions left</source>
        <translation>Inga frågor kvar</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 fråga</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} frågor</translation>
    </message>
    <message>
        <source>{questions}, about {duration}</source>
        <translation>{questions}, ungefär {duration}</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Frågor</translation>
    </message>
    <message>
        <source>Show this moment in the picture</source>
        <translation>Visa det här ögonblicket i bilden</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Hoppa över</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Visa dem</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nej</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Ingen av dem</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Bås</translation>
    </message>
    <message>
        <source>The likeliest</source>
        <translation>Den troligaste</translation>
    </message>
    <message>
        <source>Off the ice then</source>
        <translation>Inte på isen då</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>{count} kvar</translation>
    </message>
    <message>
        <source>Questions come once you clicked on your player</source>
        <translation>Frågor kommer när du har klickat på din spelare</translation>
    </message>
    <message>
        <source>Skipped questions: {count}</source>
        <translation>Överhoppade frågor: {count}</translation>
    </message>
    <message>
        <source>Watch the shifts once to be sure, or go on to Export.</source>
        <translation>Titta på bytena en gång för att vara säker, eller gå vidare till Exportera.</translation>
    </message>
    <message>
        <source>Questions come when the analysis is done</source>
        <translation>Frågor kommer när analysen är klar</translation>
    </message>
    <message>
        <source>Looking for what is worth asking</source>
        <translation>Letar efter det som är värt att fråga</translation>
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>Recent games</source>
        <translation>Senaste matcher</translation>
    </message>
</context>
<context>
    <name>RecentGames</name>
    <message>
        <source>No other games were opened lately</source>
        <translation>Inga andra matcher har öppnats på sistone</translation>
    </message>
</context>
<context>
    <name>ReelFields</name>
    <message>
        <source>As filmed</source>
        <translation>Som filmat</translation>
    </message>
    <message>
        <source>Upright, for phones</source>
        <translation>Stående, för mobilen</translation>
    </message>
    <message>
        <source>Shape of the reel</source>
        <translation>Reelens form</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ingen</translation>
    </message>
    <message>
        <source>At the start of each clip</source>
        <translation>I början av varje klipp</translation>
    </message>
    <message>
        <source>All through</source>
        <translation>Hela tiden</translation>
    </message>
    <message>
        <source>At the start, then all through</source>
        <translation>I början, sedan hela tiden</translation>
    </message>
    <message>
        <source>Ring on the player</source>
        <translation>Ring på spelaren</translation>
    </message>
    <message>
        <source>Crossfade between clips</source>
        <translation>Övertoning mellan klipp</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Title and shift cards</source>
        <translation>Titel- och byteskort</translation>
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
        <translation>Övertoning</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Kort</translation>
    </message>
    <message>
        <source>The picture follows the player.</source>
        <translation>Bilden följer spelaren.</translation>
    </message>
    <message>
        <source>The picture stops for a moment where the player is first seen well.</source>
        <translation>Bilden stannar en stund där spelaren först syns bra.</translation>
    </message>
    <message>
        <source>For as long as the player is seen.</source>
        <translation>Så länge spelaren syns.</translation>
    </message>
</context>
<context>
    <name>ReelPlayer</name>
    <message>
        <source>The reel</source>
        <translation>Reelen</translation>
    </message>
    <message>
        <source>Play the reel</source>
        <translation>Spela upp reelen</translation>
    </message>
    <message>
        <source>Pause the reel</source>
        <translation>Pausa reelen</translation>
    </message>
    <message>
        <source>Place in the reel</source>
        <translation>Plats i reelen</translation>
    </message>
    <message>
        <source>{name} cannot be played here; open it with another player.</source>
        <translation>{name} kan inte spelas här; öppna den med ett annat program.</translation>
    </message>
</context>
<context>
    <name>RegionEditor</name>
    <message>
        <source>Drag corners to move them. Right-click deletes one. Esc when done.</source>
        <translation>Dra i hörnen för att flytta dem. Högerklick tar bort ett. Esc när du är klar.</translation>
    </message>
    <message>
        <source>Click the corners one after the other</source>
        <translation>Klicka på hörnen ett efter ett</translation>
    </message>
    <message>
        <source>Click the first corner again, or press Enter, to close it</source>
        <translation>Klicka på första hörnet igen, eller tryck Enter, för att sluta</translation>
    </message>
</context>
<context>
    <name>Remarks</name>
    <message>
        <source>you clicked on him at {time}</source>
        <translation>du klickade på honom vid {time}</translation>
    </message>
    <message>
        <source>you clicked on him at {time}, but nobody was seen where you clicked</source>
        <translation>du klickade på honom vid {time}, men ingen syntes där du klickade</translation>
    </message>
    <message>
        <source>number {number} read 1 time</source>
        <translation>nummer {number} läst 1 gång</translation>
    </message>
    <message>
        <source>number {number} read {count} times</source>
        <translation>nummer {number} läst {count} gånger</translation>
    </message>
    <message>
        <source>parts of number {number} read</source>
        <translation>delar av nummer {number} lästa</translation>
    </message>
    <message>
        <source>other numbers than {number} read</source>
        <translation>andra nummer än {number} lästa</translation>
    </message>
    <message>
        <source>the numbers read on his back fit</source>
        <translation>numren som lästs på hans rygg stämmer</translation>
    </message>
    <message>
        <source>the numbers read on his back do not fit</source>
        <translation>numren som lästs på hans rygg stämmer inte</translation>
    </message>
    <message>
        <source>the jersey&apos;s colour fits</source>
        <translation>tröjans färg stämmer</translation>
    </message>
    <message>
        <source>the jersey&apos;s colour fits badly</source>
        <translation>tröjans färg stämmer dåligt</translation>
    </message>
    <message>
        <source>comes on at the bench</source>
        <translation>kommer in från båset</translation>
    </message>
    <message>
        <source>goes off at the bench</source>
        <translation>går av till båset</translation>
    </message>
    <message>
        <source>out of sight for {seconds} s at {time}</source>
        <translation>utom synhåll i {seconds} s vid {time}</translation>
    </message>
    <message>
        <source>least certain at {time}, where it could be somebody else</source>
        <translation>minst säkert vid {time}, där det kan vara någon annan</translation>
    </message>
    <message>
        <source>longer than shifts mostly are, so it may be two</source>
        <translation>längre än byten brukar vara, så det kan vara två</translation>
    </message>
    <message>
        <source>no click and no number in this shift, so nothing proves who it is</source>
        <translation>inget klick och inget nummer i det här bytet, så inget bevisar vem det är</translation>
    </message>
    <message>
        <source>no bench is known, so nothing tells that he went off</source>
        <translation>inget bås är känt, så inget visar att han gick av</translation>
    </message>
    <message>
        <source>you set this shift yourself</source>
        <translation>du har själv satt det här bytet</translation>
    </message>
    <message>
        <source>found by the old server</source>
        <translation>hittat av den gamla servern</translation>
    </message>
    <message>
        <source>{file} is cut off: it should be {length} long, but its pictures end at {end}; what is there is used, so copy it again if the rest is wanted.</source>
        <translation>{file} är avhuggen: den borde vara {length} lång, men bilderna slutar vid {end}; det som finns används, så kopiera den igen om du vill ha resten.</translation>
    </message>
    <message>
        <source>The encoder {encoder} does not work on this machine; {other} is used instead.</source>
        <translation>Kodaren {encoder} fungerar inte på den här datorn; {other} används i stället.</translation>
    </message>
    <message>
        <source>Nobody was found where you clicked at {time}.</source>
        <translation>Ingen hittades där du klickade vid {time}.</translation>
    </message>
    <message>
        <source>One person seems to be followed from {first} to {last}, but your marks say otherwise.</source>
        <translation>En och samma person verkar följas från {first} till {last}, men dina markeringar säger något annat.</translation>
    </message>
    <message>
        <source>{player} was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>{player} har aldrig fått något klick, så inget av hans byten kan hittas; klicka på honom i bilden, eller lägg till ett klick i inställningsfilen.</translation>
    </message>
    <message>
        <source>Number {number} was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>Nummer {number} har aldrig fått något klick, så inget av hans byten kan hittas; klicka på honom i bilden, eller lägg till ett klick i inställningsfilen.</translation>
    </message>
    <message>
        <source>The player was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>Spelaren har aldrig fått något klick, så inget av hans byten kan hittas; klicka på honom i bilden, eller lägg till ett klick i inställningsfilen.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Shift {number}</source>
        <translation>Byte {number}</translation>
    </message>
    <message>
        <source>wrong, you said</source>
        <translation>fel, sa du</translation>
    </message>
    <message>
        <source>right, you said</source>
        <translation>rätt, sa du</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rätt</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>fel</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starta</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Slut</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Längd</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Säkert</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Hur säkert</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>What you said</source>
        <translation>Vad du sagt</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anteckning</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 fråga</translation>
    </message>
    <message>
        <source>1 shift to check</source>
        <translation>1 byte att kontrollera</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} frågor</translation>
    </message>
    <message>
        <source>{count} shifts to check</source>
        <translation>{count} byten att kontrollera</translation>
    </message>
    <message>
        <source>Nothing is left to check.</source>
        <translation>Inget är kvar att kontrollera.</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>ungefär {duration}</translation>
    </message>
    <message>
        <source>The shift at {time} is rejected, and your click in it at {click} was taken back with it; undo brings back both.</source>
        <translation>Bytet vid {time} är avvisat, och ditt klick i det vid {click} togs tillbaka samtidigt; Ångra återställer båda.</translation>
    </message>
    <message>
        <source>The shift at {time} is rejected, and your {count} clicks in it were taken back with it; undo brings all of it back.</source>
        <translation>Bytet vid {time} är avvisat, och dina {count} klick i det togs tillbaka samtidigt; Ångra återställer alltihop.</translation>
    </message>
    <message>
        <source>“{text}” is no time; write it as minutes:seconds, like 12:34.5.</source>
        <translation>”{text}” är ingen tid; skriv den som minuter:sekunder, till exempel 12:34.5.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>ShiftClipper did not end in order last time. Everything that was finished is kept; games that were interrupted go on with Continue.</source>
        <translation>ShiftClipper avslutades inte ordentligt förra gången. Allt som var färdigt finns kvar; avbrutna matcher går vidare med Fortsätt.</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Visa loggen</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>programmet</translation>
    </message>
</context>
<context>
    <name>ShiftPanel</name>
    <message>
        <source>Undo</source>
        <translation>Ångra</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Gör om</translation>
    </message>
    <message>
        <source>Note on this shift</source>
        <translation>Anteckning om det här bytet</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Byten</translation>
    </message>
</context>
<context>
    <name>ShiftTable</name>
    <message>
        <source>Shifts</source>
        <translation>Byten</translation>
    </message>
</context>
<context>
    <name>StageList</name>
    <message>
        <source>Stages</source>
        <translation>Steg</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Try it with the sample game</source>
        <translation>Prova med exempelmatchen</translation>
    </message>
    <message>
        <source>Progress of the sample game</source>
        <translation>Exempelmatchens framsteg</translation>
    </message>
    <message>
        <source>No film at hand?</source>
        <translation>Ingen film till hands?</translation>
    </message>
    <message>
        <source>See every step on a short drawn game. It is made on this computer and needs no network.</source>
        <translation>Se varje steg på en kort tecknad match. Den görs på den här datorn och behöver inget nätverk.</translation>
    </message>
    <message>
        <source>Drawing the sample game. It then goes through every step.</source>
        <translation>Exempelmatchen ritas. Sedan går den igenom varje steg.</translation>
    </message>
</context>
<context>
    <name>StartRefusal</name>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Put back the backup of {day}</source>
        <translation>Återställ säkerhetskopian från {day}</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Drop</source>
        <translation>Släpp</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Välj</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Granska</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportera</translation>
    </message>
    <message>
        <source>Step {number} of {count}: {name}</source>
        <translation>Steg {number} av {count}: {name}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline of the shifts</source>
        <translation>Tidslinje över bytena</translation>
    </message>
    <message>
        <source>P{number}</source>
        <translation>P{number}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>One frame back</source>
        <translation>En bildruta bakåt</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Spela</translation>
    </message>
    <message>
        <source>Pause playing</source>
        <translation>Pausa uppspelningen</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>En bildruta framåt</translation>
    </message>
    <message>
        <source>Time in the game</source>
        <translation>Tid i matchen</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Hastighet</translation>
    </message>
    <message>
        <source>Turn the sound off</source>
        <translation>Stäng av ljudet</translation>
    </message>
    <message>
        <source>Turn the sound on</source>
        <translation>Slå på ljudet</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Helskärm</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Not started</source>
        <translation>Inte börjat</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Väntar på sin tur</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausad</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Avbruten i förtid</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Misslyckades</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Avbruten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Klar</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Pausas</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Stoppas</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Avbryts</translation>
    </message>
    <message>
        <source>Reading the film</source>
        <translation>Läser filmen</translation>
    </message>
    <message>
        <source>Finding players</source>
        <translation>Letar efter spelare</translation>
    </message>
    <message>
        <source>Following the player</source>
        <translation>Följer spelaren</translation>
    </message>
    <message>
        <source>Cutting the clips</source>
        <translation>Gör klippen</translation>
    </message>
    <message>
        <source>Joining the reel</source>
        <translation>Sätter ihop reelen</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Skriver rapporten</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>Skriver resultaten</translation>
    </message>
    <message>
        <source>about {duration} left</source>
        <translation>ungefär {duration} kvar</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>{count} s kvar</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>{count} min kvar</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>{count} h kvar</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 sekund</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 minut</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>ungefär {size}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>added today at {time}</source>
        <translation>tillagd i dag {time}</translation>
    </message>
    <message>
        <source>added yesterday at {time}</source>
        <translation>tillagd i går {time}</translation>
    </message>
    <message>
        <source>added on {date}</source>
        <translation>tillagd {date}</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 fil</translation>
    </message>
    <message>
        <source>1 shift</source>
        <translation>1 byte</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} sekunder</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} minuter</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} timmar</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} filer</translation>
    </message>
    <message>
        <source>{count} shifts</source>
        <translation>{count} byten</translation>
    </message>
    <message>
        <source>No shifts found</source>
        <translation>Inga byten hittades</translation>
    </message>
    <message>
        <source>{time} on the ice</source>
        <translation>{time} på isen</translation>
    </message>
    <message>
        <source>One game</source>
        <translation>En match</translation>
    </message>
    <message>
        <source>{games} games</source>
        <translation>{games} matcher</translation>
    </message>
    <message>
        <source>{games} games from {files} files</source>
        <translation>{games} matcher av {files} filer</translation>
    </message>
    <message>
        <source>One game in {parts} parts</source>
        <translation>En match i {parts} delar</translation>
    </message>
    <message>
        <source>The player</source>
        <translation>Spelaren</translation>
    </message>
    <message>
        <source>fixed, sees the whole ice</source>
        <translation>fast, ser hela isen</translation>
    </message>
    <message>
        <source>panning</source>
        <translation>panorerande</translation>
    </message>
    <message>
        <source>broadcast</source>
        <translation>tv-sändning</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>mobil</translation>
    </message>
    <message>
        <source>Camera: {kind}</source>
        <translation>Kamera: {kind}</translation>
    </message>
    <message>
        <source>Quality: fast</source>
        <translation>Kvalitet: snabb</translation>
    </message>
    <message>
        <source>Quality: balanced</source>
        <translation>Kvalitet: balanserad</translation>
    </message>
    <message>
        <source>Quality: thorough</source>
        <translation>Kvalitet: grundlig</translation>
    </message>
    <message>
        <source>Level: any</source>
        <translation>Nivå: alla</translation>
    </message>
    <message>
        <source>Level: youth</source>
        <translation>Nivå: ungdom</translation>
    </message>
    <message>
        <source>Level: adult</source>
        <translation>Nivå: vuxna</translation>
    </message>
    <message>
        <source>Level: professional</source>
        <translation>Nivå: proffs</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>säkert</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>troligt</translation>
    </message>
    <message>
        <source>please check</source>
        <translation>kontrollera</translation>
    </message>
    <message>
        <source>took {duration}</source>
        <translation>tog {duration}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>klart</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>misslyckades</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>pågår</translation>
    </message>
    <message>
        <source>waits until the player is known</source>
        <translation>väntar tills spelaren är känd</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>inte begärt</translation>
    </message>
</context>
</TS>
