<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About ShiftClipper</source>
        <translation>À propos de ShiftClipper</translation>
    </message>
    <message>
        <source>Your film never leaves this computer: there is no account, and the network is never used.</source>
        <translation>Votre film ne quitte jamais cet ordinateur : il n’y a pas de compte, et le réseau n’est jamais utilisé.</translation>
    </message>
    <message>
        <source>Games and settings are kept in {folder}.</source>
        <translation>Les matchs et les réglages sont conservés dans {folder}.</translation>
    </message>
    <message>
        <source>Gathering the licences</source>
        <translation>Rassemblement des licences</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Tout copier</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>AnswerTile</name>
    <message>
        <source>Person {number}, the likeliest</source>
        <translation>Personne {number}, la plus probable</translation>
    </message>
    <message>
        <source>Person {number}</source>
        <translation>Personne {number}</translation>
    </message>
</context>
<context>
    <name>ArrivalPanel</name>
    <message>
        <source>What was dropped</source>
        <translation>Ce qui a été déposé</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Looking at {name}</source>
        <translation>Lecture de {name}</translation>
    </message>
    <message>
        <source>{games} instead</source>
        <translation>Plutôt {games}</translation>
    </message>
    <message>
        <source>Change to: {games}</source>
        <translation>Changer en : {games}</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>partie {number}</translation>
    </message>
    <message>
        <source>game {number}</source>
        <translation>match {number}</translation>
    </message>
    <message>
        <source>1 file was not taken</source>
        <translation>1 fichier n’a pas été pris</translation>
    </message>
    <message>
        <source>{count} files were not taken</source>
        <translation>{count} fichiers n’ont pas été pris</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>The file cannot be read ({error}); check it and try again.</source>
        <translation>Le fichier ne peut pas être lu ({error}) ; vérifiez-le et réessayez.</translation>
    </message>
    <message>
        <source>It does not say which game it is for; drop it on the game.</source>
        <translation>Il n’indique pas pour quel match il est ; déposez-le sur le match.</translation>
    </message>
    <message>
        <source>There is no video in this folder.</source>
        <translation>Il n’y a pas de vidéo dans ce dossier.</translation>
    </message>
    <message>
        <source>Only the first {count} files were looked at; drop fewer at a time.</source>
        <translation>Seuls les {count} premiers fichiers ont été regardés ; déposez-en moins à la fois.</translation>
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
        <translation>{percent} {title}, 1 autre attend</translation>
    </message>
    <message>
        <source>{percent} {title}, {count} more wait</source>
        <translation>{percent} {title}, {count} autres attendent</translation>
    </message>
</context>
<context>
    <name>BelowPicture</name>
    <message>
        <source>Part of the game that the timeline shows</source>
        <translation>Partie du match affichée sur la frise</translation>
    </message>
    <message>
        <source>Only shifts</source>
        <translation>Présences seules</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Juste</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Faux</translation>
    </message>
</context>
<context>
    <name>CameraChoice</name>
    <message>
        <source>Kind of camera</source>
        <translation>Type de caméra</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
</context>
<context>
    <name>Corrections</name>
    <message>
        <source>click at {time}</source>
        <translation>clic à {time}</translation>
    </message>
    <message>
        <source>“not him” at {time}</source>
        <translation>« pas lui » à {time}</translation>
    </message>
    <message>
        <source>“on the bench” at {time}</source>
        <translation>« sur le banc » à {time}</translation>
    </message>
    <message>
        <source>answer at {time}</source>
        <translation>réponse à {time}</translation>
    </message>
    <message>
        <source>taking a click back</source>
        <translation>annulation d’un clic</translation>
    </message>
    <message>
        <source>setup file</source>
        <translation>fichier de réglages</translation>
    </message>
    <message>
        <source>name and number</source>
        <translation>nom et numéro</translation>
    </message>
    <message>
        <source>colour of the jersey</source>
        <translation>couleur du maillot</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>zones</translation>
    </message>
    <message>
        <source>kind of camera</source>
        <translation>type de caméra</translation>
    </message>
    <message>
        <source>how closely to look</source>
        <translation>degré de précision</translation>
    </message>
    <message>
        <source>level of play</source>
        <translation>niveau de jeu</translation>
    </message>
    <message>
        <source>settings of a preset</source>
        <translation>réglages d’un préréglage</translation>
    </message>
    <message>
        <source>players</source>
        <translation>joueurs</translation>
    </message>
    <message>
        <source>periods</source>
        <translation>périodes</translation>
    </message>
    <message>
        <source>new shift at {time}</source>
        <translation>nouvelle présence à {time}</translation>
    </message>
    <message>
        <source>shifts from a list</source>
        <translation>présences d’une liste</translation>
    </message>
    <message>
        <source>times of the shift at {time}</source>
        <translation>temps de la présence à {time}</translation>
    </message>
    <message>
        <source>accepting the shift at {time}</source>
        <translation>validation de la présence à {time}</translation>
    </message>
    <message>
        <source>rejecting the shift at {time}</source>
        <translation>rejet de la présence à {time}</translation>
    </message>
    <message>
        <source>taking back what you said of the shift at {time}</source>
        <translation>annulation de votre avis sur la présence à {time}</translation>
    </message>
    <message>
        <source>deleting the shift at {time}</source>
        <translation>suppression de la présence à {time}</translation>
    </message>
    <message>
        <source>splitting the shift at {time}</source>
        <translation>division de la présence à {time}</translation>
    </message>
    <message>
        <source>joining the shift at {time} with the next</source>
        <translation>réunion de la présence à {time} avec la suivante</translation>
    </message>
    <message>
        <source>note on the shift at {time}</source>
        <translation>note sur la présence à {time}</translation>
    </message>
    <message>
        <source>last change</source>
        <translation>dernier changement</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open game videos</source>
        <translation>Ouvrir des vidéos de match</translation>
    </message>
    <message>
        <source>Videos and setup files ({endings})</source>
        <translation>Vidéos et fichiers de réglages ({endings})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Open a folder of game videos</source>
        <translation>Ouvrir un dossier de vidéos de match</translation>
    </message>
    <message>
        <source>Open a setup file</source>
        <translation>Ouvrir un fichier de réglages</translation>
    </message>
    <message>
        <source>Setup files (*.json)</source>
        <translation>Fichiers de réglages (*.json)</translation>
    </message>
    <message>
        <source>Take shifts from a list</source>
        <translation>Prendre les présences d’une liste</translation>
    </message>
    <message>
        <source>Lists of shifts (*.csv)</source>
        <translation>Listes de présences (*.csv)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Really delete “{title}”?</source>
        <translation>Supprimer vraiment « {title} » ?</translation>
    </message>
    <message>
        <source>Its clips, reel and report in the program&apos;s folder are deleted too. Your film stays.</source>
        <translation>Ses clips, sa compilation et son rapport dans le dossier du programme sont supprimés aussi. Votre film reste.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>DoneCard</name>
    <message>
        <source>Play reel</source>
        <translation>Lire la compilation</translation>
    </message>
    <message>
        <source>Play it with the program that this computer has for films</source>
        <translation>La lire avec le lecteur vidéo de cet ordinateur</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Ouvrir le rapport</translation>
    </message>
    <message>
        <source>Next game</source>
        <translation>Match suivant</translation>
    </message>
    <message>
        <source>Changed since the last export</source>
        <translation>Modifié depuis le dernier export</translation>
    </message>
    <message>
        <source>Export again, and only what changed is made anew.</source>
        <translation>Exportez de nouveau ; seul ce qui a changé est refait.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exporté</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Open files</source>
        <translation>Ouvrir des fichiers</translation>
    </message>
    <message>
        <source>Drop a game video here</source>
        <translation>Déposez ici la vidéo d’un match</translation>
    </message>
    <message>
        <source>Files or a whole folder. The parts of one game can come together. Analysis starts by itself.</source>
        <translation>Des fichiers ou un dossier entier. Les parties d’un match peuvent venir ensemble. L’analyse commence d’elle-même.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ouvrir un dossier</translation>
    </message>
    <message>
        <source>Drop games here</source>
        <translation>Déposez les matchs ici</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>This is not a file on this computer; download it first, then drop it.</source>
        <translation>Ce n’est pas un fichier de cet ordinateur ; téléchargez-le d’abord, puis déposez-le.</translation>
    </message>
</context>
<context>
    <name>EncoderBox</name>
    <message>
        <source>Encoder</source>
        <translation>Encodeur</translation>
    </message>
    <message>
        <source>none works</source>
        <translation>aucun ne fonctionne</translation>
    </message>
    <message>
        <source>Automatic: {encoder}</source>
        <translation>Automatique : {encoder}</translation>
    </message>
    <message>
        <source>{encoder}, works here</source>
        <translation>{encoder}, fonctionne ici</translation>
    </message>
    <message>
        <source>{encoder}, not on this machine</source>
        <translation>{encoder}, pas sur cet ordinateur</translation>
    </message>
</context>
<context>
    <name>Encoders</name>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>Software (x264)</source>
        <translation>Logiciel (x264)</translation>
    </message>
    <message>
        <source>Software (OpenH264)</source>
        <translation>Logiciel (OpenH264)</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Phone and social</source>
        <translation>Téléphone et réseaux</translation>
    </message>
    <message>
        <source>Tight clips, and an upright reel that follows your player.</source>
        <translation>Des clips courts et une compilation verticale qui suit votre joueur.</translation>
    </message>
    <message>
        <source>Coach</source>
        <translation>Entraîneur</translation>
    </message>
    <message>
        <source>A clip of every shift, one reel, and a report with the time on ice.</source>
        <translation>Un clip de chaque présence, une compilation et un rapport avec le temps de glace.</translation>
    </message>
    <message>
        <source>Recruiting reel</source>
        <translation>Film de recrutement</translation>
    </message>
    <message>
        <source>A reel with title and cards that shows who it is and how each play began.</source>
        <translation>Une compilation avec titre et cartons qui montre qui c’est et comment chaque action a commencé.</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Change folder</source>
        <translation>Changer de dossier</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Va dans</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>Exporter de nouveau</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Say first who your player is.</source>
        <translation>Dites d’abord qui est votre joueur.</translation>
    </message>
    <message>
        <source>No shifts were found. Add one in the review, or click on the player once more.</source>
        <translation>Aucune présence trouvée. Ajoutez-en une à la vérification, ou cliquez encore une fois sur le joueur.</translation>
    </message>
    <message>
        <source>The clips are cut as soon as the shifts are known.</source>
        <translation>Les clips sont coupés dès que les présences sont connues.</translation>
    </message>
    <message>
        <source>The game is looked through first.</source>
        <translation>Le match est d’abord parcouru.</translation>
    </message>
    <message>
        <source>1 clip</source>
        <translation>1 clip</translation>
    </message>
    <message>
        <source>{count} clips</source>
        <translation>{count} clips</translation>
    </message>
    <message>
        <source>{clips}, together about {duration}</source>
        <translation>{clips}, ensemble environ {duration}</translation>
    </message>
    <message>
        <source>one reel</source>
        <translation>une compilation</translation>
    </message>
    <message>
        <source>report and table</source>
        <translation>rapport et tableau</translation>
    </message>
    <message>
        <source>Folder for clips, reel and report</source>
        <translation>Dossier pour les clips, la compilation et le rapport</translation>
    </message>
</context>
<context>
    <name>Fallbacks</name>
    <message>
        <source>the film is {codec}, which is not copied into clips</source>
        <translation>le film est en {codec}, qui n’est pas copié dans les clips</translation>
    </message>
    <message>
        <source>too few pictures between two keyframes lie inside</source>
        <translation>trop peu d’images entre deux images clés s’y trouvent</translation>
    </message>
    <message>
        <source>the film has no keyframes at which it can be copied</source>
        <translation>le film n’a pas d’images clés où il puisse être copié</translation>
    </message>
    <message>
        <source>the film hides some of its pictures</source>
        <translation>le film cache certaines de ses images</translation>
    </message>
    <message>
        <source>the film&apos;s pictures are not in the usual order</source>
        <translation>les images du film ne sont pas dans l’ordre habituel</translation>
    </message>
    <message>
        <source>the film is interlaced</source>
        <translation>le film est entrelacé</translation>
    </message>
    <message>
        <source>the film is turned</source>
        <translation>le film est tourné</translation>
    </message>
    <message>
        <source>the film&apos;s pixels are not square</source>
        <translation>les pixels du film ne sont pas carrés</translation>
    </message>
    <message>
        <source>few players show the film&apos;s kind of colours</source>
        <translation>peu de lecteurs affichent ce type de couleurs</translation>
    </message>
    <message>
        <source>a copy of the film did not come out right</source>
        <translation>une copie du film n’était pas correcte</translation>
    </message>
    <message>
        <source>this kind of film is not copied</source>
        <translation>ce type de film n’est pas copié</translation>
    </message>
    <message>
        <source>1 clip was cut exactly because {reason}.</source>
        <translation>1 clip a été coupé exactement parce que {reason}.</translation>
    </message>
    <message>
        <source>{count} clips were cut exactly because {reason}.</source>
        <translation>{count} clips ont été coupés exactement parce que {reason}.</translation>
    </message>
    <message>
        <source>{count} clips were made by another encoder because the first failed.</source>
        <translation>{count} clips ont été faits par un autre encodeur parce que le premier a échoué.</translation>
    </message>
    <message>
        <source>In {count} clips pictures are missing that are damaged in the film.</source>
        <translation>Dans {count} clips manquent des images abîmées dans le film.</translation>
    </message>
    <message>
        <source>1 clip was made by another encoder because the first failed.</source>
        <translation>1 clip a été fait par un autre encodeur parce que le premier a échoué.</translation>
    </message>
    <message>
        <source>In 1 clip pictures are missing that are damaged in the film.</source>
        <translation>Dans 1 clip manquent des images abîmées dans le film.</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <source>Click on the player</source>
        <translation>Cliquez sur le joueur</translation>
    </message>
</context>
<context>
    <name>FollowCard</name>
    <message>
        <source>Watch the shifts</source>
        <translation>Regarder les présences</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Regarder</translation>
    </message>
    <message>
        <source>Plays only the shifts</source>
        <translation>Ne lit que les présences</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Arrêter de regarder</translation>
    </message>
    <message>
        <source>Not him</source>
        <translation>Pas lui</translation>
    </message>
    <message>
        <source>None of this shift is the player</source>
        <translation>Rien de cette présence n’est le joueur</translation>
    </message>
    <message>
        <source>Time on the ice that was watched</source>
        <translation>Temps de glace regardé</translation>
    </message>
    <message>
        <source>{rate} times the real speed</source>
        <translation>{rate} fois la vitesse réelle</translation>
    </message>
    <message>
        <source>Back on</source>
        <translation>De retour</translation>
    </message>
    <message>
        <source>Off now</source>
        <translation>Sorti maintenant</translation>
    </message>
    <message>
        <source>{watched} of {total} watched</source>
        <translation>{watched} sur {total} regardées</translation>
    </message>
    <message>
        <source>Click on the player when the ring is on somebody else.</source>
        <translation>Cliquez sur le joueur quand l’anneau est sur quelqu’un d’autre.</translation>
    </message>
    <message>
        <source>There are no shifts yet.</source>
        <translation>Il n’y a pas encore de présences.</translation>
    </message>
    <message>
        <source>All of it was watched or accepted.</source>
        <translation>Tout a été regardé ou validé.</translation>
    </message>
    <message>
        <source>Plays only what is proposed, about {duration} at {rate}×.</source>
        <translation>Ne lit que ce qui est proposé, environ {duration} à {rate}×.</translation>
    </message>
</context>
<context>
    <name>GameList</name>
    <message>
        <source>Games</source>
        <translation>Matchs</translation>
    </message>
</context>
<context>
    <name>GameMenu</name>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Run next</source>
        <translation>Passer en premier</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Take shifts from a list…</source>
        <translation>Prendre les présences d’une liste…</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Afficher le journal</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
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
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Delete this game from the list, with its clips</source>
        <translation>Supprimer ce match de la liste, avec ses clips</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Play reel</source>
        <translation>Lire la compilation</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Ouvrir le rapport</translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation>Avancement du travail</translation>
    </message>
    <message>
        <source>time on ice</source>
        <translation>temps de glace</translation>
    </message>
    <message>
        <source>The film is analysed. Click on your player in the picture.</source>
        <translation>Le film est analysé. Cliquez sur votre joueur dans l’image.</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>présence</translation>
    </message>
    <message>
        <source>shifts</source>
        <translation>présences</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
</context>
<context>
    <name>Handovers</name>
    <message>
        <source>It is a setup without a game; drop it together with the game&apos;s video.</source>
        <translation>Ce sont des réglages sans match ; déposez-les avec la vidéo du match.</translation>
    </message>
    <message>
        <source>It is a list without a game; drop it on its game in the list of games.</source>
        <translation>C’est une liste sans match ; déposez-la sur son match dans la liste des matchs.</translation>
    </message>
    <message>
        <source>{name} holds the shifts that are here already.</source>
        <translation>{name} contient les présences déjà présentes.</translation>
    </message>
    <message>
        <source>From {name}: {added} new, {moved} with other times, {unchanged} as before.</source>
        <translation>De {name} : {added} nouvelles, {moved} avec d’autres temps, {unchanged} comme avant.</translation>
    </message>
    <message>
        <source>Games of the old server: {new} taken over, {known} here already.</source>
        <translation>Matchs de l’ancien serveur : {new} repris, {known} déjà là.</translation>
    </message>
    <message>
        <source>{count} left out; the first: {reason}</source>
        <translation>{count} laissés de côté ; le premier : {reason}</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>À propos et licences</translation>
    </message>
    <message>
        <source>Choose an answer</source>
        <translation>Choisir une réponse</translation>
    </message>
</context>
<context>
    <name>JobActions</name>
    <message>
        <source>{name} was found again; nothing is done a second time.</source>
        <translation>{name} a été retrouvé ; rien n’est fait une seconde fois.</translation>
    </message>
    <message>
        <source>Left out, because it means nothing here: {keys}.</source>
        <translation>Laissé de côté, car sans effet ici : {keys}.</translation>
    </message>
</context>
<context>
    <name>JobModel</name>
    <message>
        <source>Film analysed</source>
        <translation>Film analysé</translation>
    </message>
    <message>
        <source>Click on your player in the picture</source>
        <translation>Cliquez sur votre joueur dans l’image</translation>
    </message>
    <message>
        <source>Drag it to let it run earlier or later</source>
        <translation>Faites-le glisser pour qu’il passe plus tôt ou plus tard</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Playing</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Déplacement</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Présences</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>{count} s back</source>
        <translation>{count} s en arrière</translation>
    </message>
    <message>
        <source>{count} s forward</source>
        <translation>{count} s en avant</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Lecture ou pause</translation>
    </message>
    <message>
        <source>Play backwards; again: faster</source>
        <translation>Lire en arrière ; encore : plus vite</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Play; again: faster</source>
        <translation>Lire ; encore : plus vite</translation>
    </message>
    <message>
        <source>Play only the shifts</source>
        <translation>Ne lire que les présences</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Une image en arrière</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>Une image en avant</translation>
    </message>
    <message>
        <source>Closer on the timeline</source>
        <translation>Plus près sur la frise</translation>
    </message>
    <message>
        <source>Farther on the timeline</source>
        <translation>Plus loin sur la frise</translation>
    </message>
    <message>
        <source>Answer {number}</source>
        <translation>Réponse {number}</translation>
    </message>
    <message>
        <source>Previous shift</source>
        <translation>Présence précédente</translation>
    </message>
    <message>
        <source>Next shift</source>
        <translation>Présence suivante</translation>
    </message>
    <message>
        <source>The shift starts here</source>
        <translation>La présence commence ici</translation>
    </message>
    <message>
        <source>The shift ends here</source>
        <translation>La présence finit ici</translation>
    </message>
    <message>
        <source>Off the ice now, or back on it</source>
        <translation>Hors de la glace, ou de retour dessus</translation>
    </message>
    <message>
        <source>Split the shift here</source>
        <translation>Couper la présence ici</translation>
    </message>
    <message>
        <source>Join with the next shift</source>
        <translation>Joindre à la présence suivante</translation>
    </message>
    <message>
        <source>Delete the shift</source>
        <translation>Supprimer la présence</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Juste</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Faux</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>Aucun d’eux</translation>
    </message>
    <message>
        <source>Skip the question</source>
        <translation>Passer la question</translation>
    </message>
    <message>
        <source>Watch the shifts</source>
        <translation>Regarder les présences</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler la dernière action</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Open game videos</source>
        <translation>Ouvrir des vidéos de match</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Cette fiche</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Tout copier</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Log of {title}</source>
        <translation>Journal de {title}</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Le journal est vide.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Games</source>
        <translation>Matchs</translation>
    </message>
    <message>
        <source>Something went wrong inside ShiftClipper. Your games are safe; please report the details.</source>
        <translation>Un problème est survenu dans ShiftClipper. Vos matchs sont saufs ; merci de signaler les détails.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>MorePanel</name>
    <message>
        <source>A clip of every shift</source>
        <translation>Un clip de chaque présence</translation>
    </message>
    <message>
        <source>All clips joined to one reel</source>
        <translation>Tous les clips réunis en une compilation</translation>
    </message>
    <message>
        <source>A report, and a table of the shifts</source>
        <translation>Un rapport et un tableau des présences</translation>
    </message>
    <message>
        <source>Copied, with exact ends</source>
        <translation>Copié, avec des bouts exacts</translation>
    </message>
    <message>
        <source>How clips are cut</source>
        <translation>Façon de couper les clips</translation>
    </message>
    <message>
        <source>Only the ends are made anew: quick, exact, and in the film&apos;s own quality.</source>
        <translation>Seuls les bouts sont refaits : rapide, exact et dans la qualité du film.</translation>
    </message>
    <message>
        <source>Seconds before each shift</source>
        <translation>Secondes avant chaque présence</translation>
    </message>
    <message>
        <source>Seconds after each shift</source>
        <translation>Secondes après chaque présence</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exact</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Every picture is made anew. The clips play everywhere.</source>
        <translation>Chaque image est refaite. Les clips se lisent partout.</translation>
    </message>
    <message>
        <source>Copied where that is possible and plays everywhere: quicker, and as sharp.</source>
        <translation>Copié là où c’est possible et lisible partout : plus rapide et aussi net.</translation>
    </message>
    <message>
        <source>Copied as it is: quickest, and a little wider than the shift.</source>
        <translation>Copié tel quel : le plus rapide, un peu plus long que la présence.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Reel</source>
        <translation>Compilation</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Cutting</source>
        <translation>Coupe</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encodeur</translation>
    </message>
    <message>
        <source>Before a shift</source>
        <translation>Avant une présence</translation>
    </message>
    <message>
        <source>After a shift</source>
        <translation>Après une présence</translation>
    </message>
    <message>
        <source>Files for other programs</source>
        <translation>Fichiers pour d’autres programmes</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
</context>
<context>
    <name>NamesField</name>
    <message>
        <source>Names of the clips</source>
        <translation>Noms des clips</translation>
    </message>
    <message>
        <source>{placeholders} stand for what they say.</source>
        <translation>{placeholders} représentent ce qu’ils disent.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Notice</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Masquer</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>{name} is not there any more; run the game again to make it anew.</source>
        <translation>{name} n’est plus là ; relancez le match pour le refaire.</translation>
    </message>
    <message>
        <source>No program here opens {path}; open it by hand.</source>
        <translation>Aucun programme ici n’ouvre {path} ; ouvrez-le à la main.</translation>
    </message>
    <message>
        <source>{path} is not there yet.</source>
        <translation>{path} n’est pas encore là.</translation>
    </message>
</context>
<context>
    <name>PickPanel</name>
    <message>
        <source>Players</source>
        <translation>Joueurs</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Number on the jersey</source>
        <translation>Numéro sur le maillot</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Name of the player</source>
        <translation>Nom du joueur</translation>
    </message>
    <message>
        <source>Take the jersey&apos;s colour from the picture</source>
        <translation>Prendre la couleur du maillot dans l’image</translation>
    </message>
    <message>
        <source>Take back the newest click</source>
        <translation>Annuler le dernier clic</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Banc</translation>
    </message>
    <message>
        <source>Rink</source>
        <translation>Patinoire</translation>
    </message>
    <message>
        <source>Penalty</source>
        <translation>Pénalité</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>Précision de l’analyse</translation>
    </message>
    <message>
        <source>Another choice looks at the film once more</source>
        <translation>Un autre choix regarde le film encore une fois</translation>
    </message>
    <message>
        <source>Level of play</source>
        <translation>Niveau de jeu</translation>
    </message>
    <message>
        <source>Says how long shifts usually are</source>
        <translation>Indique la durée habituelle des présences</translation>
    </message>
    <message>
        <source>Another player</source>
        <translation>Un autre joueur</translation>
    </message>
    <message>
        <source>Clicks: {count}</source>
        <translation>Clics : {count}</translation>
    </message>
    <message>
        <source>Player {n}</source>
        <translation>Joueur {n}</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Click on the jersey</source>
        <translation>Cliquez sur le maillot</translation>
    </message>
    <message>
        <source>Click on your player</source>
        <translation>Cliquez sur votre joueur</translation>
    </message>
    <message>
        <source>the player</source>
        <translation>le joueur</translation>
    </message>
    <message>
        <source>This is {name}</source>
        <translation>C’est {name}</translation>
    </message>
    <message>
        <source>Not him</source>
        <translation>Pas lui</translation>
    </message>
    <message>
        <source>On the bench now</source>
        <translation>Sur le banc maintenant</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>The film cannot be shown: {reason}</source>
        <translation>Le film ne peut pas être affiché : {reason}</translation>
    </message>
</context>
<context>
    <name>PlayerPanel</name>
    <message>
        <source>Open setup file</source>
        <translation>Ouvrir des réglages</translation>
    </message>
    <message>
        <source>Other setup file</source>
        <translation>Autre fichier de réglages</translation>
    </message>
    <message>
        <source>Or drop a setup.json here.</source>
        <translation>Ou déposez ici un setup.json.</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Présences</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Joueur</translation>
    </message>
    <message>
        <source>Review the shifts</source>
        <translation>Revoir les présences</translation>
    </message>
    <message>
        <source>Click on your player in the picture, or open a setup file.</source>
        <translation>Cliquez sur votre joueur dans l’image ou ouvrez un fichier de réglages.</translation>
    </message>
    <message>
        <source>They appear once the player is known.</source>
        <translation>Elles apparaissent une fois le joueur connu.</translation>
    </message>
    <message>
        <source>No shifts found. More clicks in the setup file help.</source>
        <translation>Aucune présence trouvée. Plus de clics dans le fichier de réglages aident.</translation>
    </message>
    <message>
        <source>They appear when the analysis is done.</source>
        <translation>Elles apparaissent quand l’analyse est finie.</translation>
    </message>
    <message>
        <source>rink</source>
        <translation>patinoire</translation>
    </message>
    <message>
        <source>bench</source>
        <translation>banc</translation>
    </message>
    <message>
        <source>penalty box</source>
        <translation>prison</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Outlines: {names}</source>
        <translation>Contours : {names}</translation>
    </message>
</context>
<context>
    <name>PreferencesWindow</name>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Tell me when a game is done</source>
        <translation>Me prévenir quand un match est prêt</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>Précision de l’analyse</translation>
    </message>
    <message>
        <source>Seconds before each shift</source>
        <translation>Secondes avant chaque présence</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds after each shift</source>
        <translation>Secondes après chaque présence</translation>
    </message>
    <message>
        <source>Change folder</source>
        <translation>Changer de dossier</translation>
    </message>
    <message>
        <source>Use the usual folder</source>
        <translation>Utiliser le dossier habituel</translation>
    </message>
    <message>
        <source>Empty it</source>
        <translation>Vider</translation>
    </message>
    <message>
        <source>Remove the scrub copies; they are made again when needed</source>
        <translation>Supprimer les petites copies ; elles sont refaites au besoin</translation>
    </message>
    <message>
        <source>Largest size of the cache</source>
        <translation>Taille maximale du cache</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> Go</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encodeur</translation>
    </message>
    <message>
        <source>Before a shift</source>
        <translation>Avant une présence</translation>
    </message>
    <message>
        <source>After a shift</source>
        <translation>Après une présence</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>New games begin with</source>
        <translation>Les nouveaux matchs commencent avec</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Small copies of the films, so that every picture is there at once.</source>
        <translation>De petites copies des films, pour que chaque image soit là aussitôt.</translation>
    </message>
    <message>
        <source>No larger than</source>
        <translation>Pas plus de</translation>
    </message>
    <message>
        <source>With the games, in the data folder</source>
        <translation>Avec les matchs, dans le dossier de données</translation>
    </message>
    <message>
        <source>{size} in use</source>
        <translation>{size} utilisés</translation>
    </message>
    <message>
        <source>Nothing in it</source>
        <translation>Rien dedans</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Fast: may miss people far away</source>
        <translation>Rapide : peut manquer les joueurs lointains</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Équilibré</translation>
    </message>
    <message>
        <source>Thorough: takes longer</source>
        <translation>Approfondi : plus long</translation>
    </message>
    <message>
        <source>Folder for the cache</source>
        <translation>Dossier du cache</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Name of the preset</source>
        <translation>Nom du préréglage</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Save these settings as a preset</source>
        <translation>Enregistrer ces réglages comme préréglage</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Left as they were, because this version does not know their values: {names}.</source>
        <translation>Laissés tels quels, car cette version ne connaît pas leurs valeurs : {names}.</translation>
    </message>
    <message>
        <source>Really delete the preset “{name}”?</source>
        <translation>Vraiment supprimer le préréglage « {name} » ?</translation>
    </message>
    <message>
        <source>Games that were set up with it stay as they are.</source>
        <translation>Les matchs qui ont été réglés avec lui restent tels quels.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>There is a preset of this name; it would be replaced.</source>
        <translation>Il existe déjà un préréglage de ce nom ; il serait remplacé.</translation>
    </message>
    <message>
        <source>There is a preset of this name; choose another one.</source>
        <translation>Il existe déjà un préréglage de ce nom ; choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>Préréglage : {name}</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>Mes préréglages</translation>
    </message>
</context>
<context>
    <name>ProgramParts</name>
    <message>
        <source>Recent games</source>
        <translation>Matchs récents</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
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
        <translation>Tout logiciel de montage (EDL)</translation>
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
        <translation>Chapitres pour YouTube</translation>
    </message>
    <message>
        <source>Tables (CSV)</source>
        <translation>Tableaux (CSV)</translation>
    </message>
    <message>
        <source>Tracking programs (MOT)</source>
        <translation>Programmes de suivi (MOT)</translation>
    </message>
</context>
<context>
    <name>ProgramsField</name>
    <message>
        <source>They go into the folder “files”. results.json and manifest.json are always written.</source>
        <translation>Ils vont dans le dossier « files ». results.json et manifest.json sont toujours écrits.</translation>
    </message>
    <message>
        <source>They are written together with the report.</source>
        <translation>Ils sont écrits avec le rapport.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Progress of the export</source>
        <translation>Avancement de l’export</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ProposedBench</name>
    <message>
        <source>Take the proposed bench</source>
        <translation>Prendre le banc proposé</translation>
    </message>
    <message>
        <source>People come and go at the dashed outline.</source>
        <translation>Des gens arrivent et partent au contour en tirets.</translation>
    </message>
</context>
<context>
    <name>QuestionCards</name>
    <message>
        <source>your player</source>
        <translation>votre joueur</translation>
    </message>
    <message>
        <source>Is this {name}?</source>
        <translation>Est-ce {name} ?</translation>
    </message>
    <message>
        <source>Which of these is {name}?</source>
        <translation>Lequel est {name} ?</translation>
    </message>
    <message>
        <source>Settles about {duration} on the ice</source>
        <translation>Règle environ {duration} sur la glace</translation>
    </message>
    <message>
        <source>No questions left</source>
        <translation>Plus de questions</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 question</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} questions</translation>
    </message>
    <message>
        <source>{questions}, about {duration}</source>
        <translation>{questions}, environ {duration}</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Show this moment in the picture</source>
        <translation>Montrer ce moment dans l’image</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Les montrer</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Aucun d’eux</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Banc</translation>
    </message>
    <message>
        <source>The likeliest</source>
        <translation>Le plus probable</translation>
    </message>
    <message>
        <source>Off the ice then</source>
        <translation>Hors de la glace alors</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>encore {count}</translation>
    </message>
    <message>
        <source>Questions come once you clicked on your player</source>
        <translation>Les questions viennent quand vous avez cliqué sur votre joueur</translation>
    </message>
    <message>
        <source>Skipped questions: {count}</source>
        <translation>Questions passées : {count}</translation>
    </message>
    <message>
        <source>Watch the shifts once to be sure, or go on to Export.</source>
        <translation>Regardez les présences une fois pour être sûr, ou passez à Exporter.</translation>
    </message>
    <message>
        <source>Questions come when the analysis is done</source>
        <translation>Les questions viennent quand l’analyse est terminée</translation>
    </message>
    <message>
        <source>Looking for what is worth asking</source>
        <translation>Recherche de ce qui mérite une question</translation>
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>Recent games</source>
        <translation>Matchs récents</translation>
    </message>
</context>
<context>
    <name>RecentGames</name>
    <message>
        <source>No other games were opened lately</source>
        <translation>Aucun autre match ouvert récemment</translation>
    </message>
</context>
<context>
    <name>ReelFields</name>
    <message>
        <source>As filmed</source>
        <translation>Comme filmé</translation>
    </message>
    <message>
        <source>Upright, for phones</source>
        <translation>Vertical, pour téléphones</translation>
    </message>
    <message>
        <source>Shape of the reel</source>
        <translation>Forme de la compilation</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>At the start of each clip</source>
        <translation>Au début de chaque clip</translation>
    </message>
    <message>
        <source>All through</source>
        <translation>Tout du long</translation>
    </message>
    <message>
        <source>At the start, then all through</source>
        <translation>Au début, puis tout du long</translation>
    </message>
    <message>
        <source>Ring on the player</source>
        <translation>Anneau sur le joueur</translation>
    </message>
    <message>
        <source>Crossfade between clips</source>
        <translation>Fondu entre les clips</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Title and shift cards</source>
        <translation>Cartons de titre et de présence</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Anneau</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>Fondu</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Cartons</translation>
    </message>
    <message>
        <source>The picture follows the player.</source>
        <translation>L’image suit le joueur.</translation>
    </message>
    <message>
        <source>The picture stops for a moment where the player is first seen well.</source>
        <translation>L’image s’arrête un instant là où le joueur se voit bien d’abord.</translation>
    </message>
    <message>
        <source>For as long as the player is seen.</source>
        <translation>Tant que le joueur est visible.</translation>
    </message>
</context>
<context>
    <name>ReelPlayer</name>
    <message>
        <source>The reel</source>
        <translation>La compilation</translation>
    </message>
    <message>
        <source>Play the reel</source>
        <translation>Lire la compilation</translation>
    </message>
    <message>
        <source>Pause the reel</source>
        <translation>Mettre la compilation en pause</translation>
    </message>
    <message>
        <source>Place in the reel</source>
        <translation>Position dans la compilation</translation>
    </message>
    <message>
        <source>{name} cannot be played here; open it with another player.</source>
        <translation>{name} ne peut pas être lu ici ; ouvrez-le avec un autre lecteur.</translation>
    </message>
</context>
<context>
    <name>RegionEditor</name>
    <message>
        <source>Drag corners to move them. Right-click deletes one. Esc when done.</source>
        <translation>Faites glisser les coins pour les déplacer. Un clic droit en supprime un. Échap pour terminer.</translation>
    </message>
    <message>
        <source>Click the corners one after the other</source>
        <translation>Cliquez les coins l’un après l’autre</translation>
    </message>
    <message>
        <source>Click the first corner again, or press Enter, to close it</source>
        <translation>Pour fermer, cliquez de nouveau le premier coin ou appuyez sur Entrée</translation>
    </message>
</context>
<context>
    <name>Remarks</name>
    <message>
        <source>you clicked on him at {time}</source>
        <translation>vous avez cliqué sur lui à {time}</translation>
    </message>
    <message>
        <source>you clicked on him at {time}, but nobody was seen where you clicked</source>
        <translation>vous avez cliqué sur lui à {time}, mais personne n’a été vu à cet endroit</translation>
    </message>
    <message>
        <source>number {number} read 1 time</source>
        <translation>numéro {number} lu 1 fois</translation>
    </message>
    <message>
        <source>number {number} read {count} times</source>
        <translation>numéro {number} lu {count} fois</translation>
    </message>
    <message>
        <source>parts of number {number} read</source>
        <translation>numéro {number} lu en partie</translation>
    </message>
    <message>
        <source>other numbers than {number} read</source>
        <translation>d’autres numéros que le {number} ont été lus</translation>
    </message>
    <message>
        <source>the numbers read on his back fit</source>
        <translation>les numéros lus sur son dos concordent</translation>
    </message>
    <message>
        <source>the numbers read on his back do not fit</source>
        <translation>les numéros lus sur son dos ne concordent pas</translation>
    </message>
    <message>
        <source>the jersey&apos;s colour fits</source>
        <translation>la couleur du maillot concorde</translation>
    </message>
    <message>
        <source>the jersey&apos;s colour fits badly</source>
        <translation>la couleur du maillot concorde mal</translation>
    </message>
    <message>
        <source>comes on at the bench</source>
        <translation>entre depuis le banc</translation>
    </message>
    <message>
        <source>goes off at the bench</source>
        <translation>sort au banc</translation>
    </message>
    <message>
        <source>out of sight for {seconds} s at {time}</source>
        <translation>hors de vue pendant {seconds} s à {time}</translation>
    </message>
    <message>
        <source>least certain at {time}, where it could be somebody else</source>
        <translation>le moins sûr à {time}, où ce pourrait être quelqu’un d’autre</translation>
    </message>
    <message>
        <source>longer than shifts mostly are, so it may be two</source>
        <translation>plus longue que la plupart des présences, il peut donc y en avoir deux</translation>
    </message>
    <message>
        <source>no click and no number in this shift, so nothing proves who it is</source>
        <translation>ni clic ni numéro dans cette présence, donc rien ne prouve qui c’est</translation>
    </message>
    <message>
        <source>no bench is known, so nothing tells that he went off</source>
        <translation>aucun banc n’est connu, donc rien n’indique qu’il est sorti</translation>
    </message>
    <message>
        <source>you set this shift yourself</source>
        <translation>vous avez défini cette présence vous-même</translation>
    </message>
    <message>
        <source>found by the old server</source>
        <translation>trouvée par l’ancien serveur</translation>
    </message>
    <message>
        <source>{file} is cut off: it should be {length} long, but its pictures end at {end}; what is there is used, so copy it again if the rest is wanted.</source>
        <translation>{file} est tronqué : la durée devrait être de {length}, mais les images s’arrêtent à {end} ; ce qui est là est utilisé, copiez-le donc de nouveau si vous voulez le reste.</translation>
    </message>
    <message>
        <source>The encoder {encoder} does not work on this machine; {other} is used instead.</source>
        <translation>L’encodeur {encoder} ne fonctionne pas sur cet ordinateur ; {other} est utilisé à la place.</translation>
    </message>
    <message>
        <source>Nobody was found where you clicked at {time}.</source>
        <translation>Personne n’a été trouvé là où vous avez cliqué à {time}.</translation>
    </message>
    <message>
        <source>One person seems to be followed from {first} to {last}, but your marks say otherwise.</source>
        <translation>Une seule personne semble suivie de {first} à {last}, mais vos marques disent autre chose.</translation>
    </message>
    <message>
        <source>{player} was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>{player} n’a reçu aucun clic, donc aucune de ses présences ne peut être trouvée ; cliquez sur lui dans l’image, ou ajoutez un clic au fichier de réglages.</translation>
    </message>
    <message>
        <source>Number {number} was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>Le numéro {number} n’a reçu aucun clic, donc aucune de ses présences ne peut être trouvée ; cliquez sur lui dans l’image, ou ajoutez un clic au fichier de réglages.</translation>
    </message>
    <message>
        <source>The player was never clicked on, so no shift of his can be found; click on him in the picture, or add a click to the setup.</source>
        <translation>Le joueur n’a reçu aucun clic, donc aucune de ses présences ne peut être trouvée ; cliquez sur lui dans l’image, ou ajoutez un clic au fichier de réglages.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Shift {number}</source>
        <translation>Présence {number}</translation>
    </message>
    <message>
        <source>wrong, you said</source>
        <translation>faux, avez-vous dit</translation>
    </message>
    <message>
        <source>right, you said</source>
        <translation>juste, avez-vous dit</translation>
    </message>
    <message>
        <source>right</source>
        <translation>juste</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>faux</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sûr</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Degré de certitude</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>What you said</source>
        <translation>Ce que vous avez dit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 question</translation>
    </message>
    <message>
        <source>1 shift to check</source>
        <translation>1 présence à vérifier</translation>
    </message>
    <message>
        <source>{count} questions</source>
        <translation>{count} questions</translation>
    </message>
    <message>
        <source>{count} shifts to check</source>
        <translation>{count} présences à vérifier</translation>
    </message>
    <message>
        <source>Nothing is left to check.</source>
        <translation>Il ne reste rien à vérifier.</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>environ {duration}</translation>
    </message>
    <message>
        <source>The shift at {time} is rejected, and your click in it at {click} was taken back with it; undo brings back both.</source>
        <translation>La présence à {time} est rejetée, et votre clic à {click} dans celle-ci est retiré avec elle ; Annuler rétablit les deux.</translation>
    </message>
    <message>
        <source>The shift at {time} is rejected, and your {count} clicks in it were taken back with it; undo brings all of it back.</source>
        <translation>La présence à {time} est rejetée, et vos {count} clics dans celle-ci sont retirés avec elle ; Annuler rétablit le tout.</translation>
    </message>
    <message>
        <source>“{text}” is no time; write it as minutes:seconds, like 12:34.5.</source>
        <translation>« {text} » n’est pas un temps ; écrivez-le en minutes:secondes, comme 12:34.5.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>ShiftClipper did not end in order last time. Everything that was finished is kept; games that were interrupted go on with Continue.</source>
        <translation>ShiftClipper ne s’est pas terminé normalement la dernière fois. Tout ce qui était fini est gardé ; les matchs interrompus reprennent avec Continuer.</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Afficher le journal</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>le programme</translation>
    </message>
</context>
<context>
    <name>ShiftPanel</name>
    <message>
        <source>Undo</source>
        <translation>Annuler la dernière action</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Note on this shift</source>
        <translation>Note sur cette présence</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Présences</translation>
    </message>
</context>
<context>
    <name>ShiftTable</name>
    <message>
        <source>Shifts</source>
        <translation>Présences</translation>
    </message>
</context>
<context>
    <name>StageList</name>
    <message>
        <source>Stages</source>
        <translation>Étapes</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Try it with the sample game</source>
        <translation>Essayer avec le match d’exemple</translation>
    </message>
    <message>
        <source>Progress of the sample game</source>
        <translation>Avancement du match d’exemple</translation>
    </message>
    <message>
        <source>No film at hand?</source>
        <translation>Pas de film sous la main ?</translation>
    </message>
    <message>
        <source>See every step on a short drawn game. It is made on this computer and needs no network.</source>
        <translation>Voyez chaque étape sur un court match dessiné. Il est fait sur cet ordinateur, sans réseau.</translation>
    </message>
    <message>
        <source>Drawing the sample game. It then goes through every step.</source>
        <translation>Le match d’exemple est dessiné. Il passe ensuite par chaque étape.</translation>
    </message>
</context>
<context>
    <name>StartRefusal</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Put back the backup of {day}</source>
        <translation>Remettre la sauvegarde du {day}</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Drop</source>
        <translation>Déposer</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Step {number} of {count}: {name}</source>
        <translation>Étape {number} sur {count} : {name}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline of the shifts</source>
        <translation>Frise des présences</translation>
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
        <translation>Une image en arrière</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Pause playing</source>
        <translation>Suspendre la lecture</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>Une image en avant</translation>
    </message>
    <message>
        <source>Time in the game</source>
        <translation>Temps dans le match</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Turn the sound off</source>
        <translation>Couper le son</translation>
    </message>
    <message>
        <source>Turn the sound on</source>
        <translation>Activer le son</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Not started</source>
        <translation>Pas commencé</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Attend son tour</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarre</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Interrompu</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Mise en pause</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Arrêt en cours</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Annulation</translation>
    </message>
    <message>
        <source>Reading the film</source>
        <translation>Lecture du film</translation>
    </message>
    <message>
        <source>Finding players</source>
        <translation>Recherche des joueurs</translation>
    </message>
    <message>
        <source>Following the player</source>
        <translation>Suivi du joueur</translation>
    </message>
    <message>
        <source>Cutting the clips</source>
        <translation>Coupe des clips</translation>
    </message>
    <message>
        <source>Joining the reel</source>
        <translation>Assemblage de la compilation</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Écriture du rapport</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>Écriture des résultats</translation>
    </message>
    <message>
        <source>about {duration} left</source>
        <translation>encore environ {duration}</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>encore {count} s</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>encore {count} min</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>encore {count} h</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 seconde</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 minute</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>environ {size}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>added today at {time}</source>
        <translation>ajouté aujourd’hui à {time}</translation>
    </message>
    <message>
        <source>added yesterday at {time}</source>
        <translation>ajouté hier à {time}</translation>
    </message>
    <message>
        <source>added on {date}</source>
        <translation>ajouté le {date}</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 fichier</translation>
    </message>
    <message>
        <source>1 shift</source>
        <translation>1 présence</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} secondes</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} minutes</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} heures</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} fichiers</translation>
    </message>
    <message>
        <source>{count} shifts</source>
        <translation>{count} présences</translation>
    </message>
    <message>
        <source>No shifts found</source>
        <translation>Aucune présence trouvée</translation>
    </message>
    <message>
        <source>{time} on the ice</source>
        <translation>{time} sur la glace</translation>
    </message>
    <message>
        <source>One game</source>
        <translation>Un match</translation>
    </message>
    <message>
        <source>{games} games</source>
        <translation>{games} matchs</translation>
    </message>
    <message>
        <source>{games} games from {files} files</source>
        <translation>{games} matchs de {files} fichiers</translation>
    </message>
    <message>
        <source>One game in {parts} parts</source>
        <translation>Un match en {parts} parties</translation>
    </message>
    <message>
        <source>The player</source>
        <translation>Le joueur</translation>
    </message>
    <message>
        <source>fixed, sees the whole ice</source>
        <translation>fixe, voit toute la glace</translation>
    </message>
    <message>
        <source>panning</source>
        <translation>panoramique</translation>
    </message>
    <message>
        <source>broadcast</source>
        <translation>télévision</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>téléphone</translation>
    </message>
    <message>
        <source>Camera: {kind}</source>
        <translation>Caméra : {kind}</translation>
    </message>
    <message>
        <source>Quality: fast</source>
        <translation>Qualité : rapide</translation>
    </message>
    <message>
        <source>Quality: balanced</source>
        <translation>Qualité : équilibrée</translation>
    </message>
    <message>
        <source>Quality: thorough</source>
        <translation>Qualité : poussée</translation>
    </message>
    <message>
        <source>Level: any</source>
        <translation>Niveau : tous</translation>
    </message>
    <message>
        <source>Level: youth</source>
        <translation>Niveau : jeunes</translation>
    </message>
    <message>
        <source>Level: adult</source>
        <translation>Niveau : adultes</translation>
    </message>
    <message>
        <source>Level: professional</source>
        <translation>Niveau : professionnel</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sûr</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>probable</translation>
    </message>
    <message>
        <source>please check</source>
        <translation>à vérifier</translation>
    </message>
    <message>
        <source>took {duration}</source>
        <translation>a pris {duration}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>waits until the player is known</source>
        <translation>attend que le joueur soit connu</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>non demandé</translation>
    </message>
</context>
</TS>
