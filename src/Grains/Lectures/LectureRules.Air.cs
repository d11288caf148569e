using System.Text.RegularExpressions;

namespace ConsultHub.Lectures;

/// <summary>The rules for streams, hand-over and captions.</summary>
public static partial class LectureRules
{
    private const int LongestStream = 64;

    [GeneratedRegex(@"^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}\z")]
    private static partial Regex LanguageShape();

    /// <summary>
    /// Decides whether a stream goes on air. A person has only one stream. A new stream therefore replaces the person's old stream, which
    /// may have broken off unnoticed. If this person was asked to take over from other streams, those streams go off air in the same
    /// decision.
    /// </summary>
    private static LectureOutcome DecideOnAir(Lecture lecture, LectureCaller caller, GoOnAir go, DateTimeOffset now)
    {
        if (go.Stream is not { Length: > 0 and <= LongestStream } || go.Node is not { Length: > 0 and <= LongestStream })
            return LectureOutcome.Refuse(LectureCodes.BadStream, $"The names of a stream and a node have 1 to {LongestStream} characters.");
        if (lecture.OnAir.Any(s => s.Stream == go.Stream))
            return LectureOutcome.Of();
        var person = caller.Actor.Person;
        var others = lecture.OnAir.RemoveAll(s => s.Person == person || s.HandsOverTo == person);
        return others.Length >= Lecture.MostOnAir
            ? LectureOutcome.Refuse(LectureCodes.TooManyOnAir, $"At most {Lecture.MostOnAir} streams can be on air at once.")
            : Changed(lecture, lecture with { OnAir = others.Add(new OnAir(person, caller.Name, go.Stream, now, go.Node)) });
    }

    /// <summary>A speaker or host who is on air hands over their own stream. A host who is not on air hands over all streams.</summary>
    private static LectureOutcome DecideHandOver(Lecture lecture, LectureCaller caller, HandOver hand)
    {
        if (
            hand.To is { } to
            && !lecture.Speakers.Any(s => s.Person == to)
            && !lecture.Crew.Any(c => c.Person == to && c.Role is LectureRole.Speaker or LectureRole.Host)
        )
            return LectureOutcome.Refuse(LectureCodes.NotSpeaker, "Only a speaker of this lecture can take over.");
        var own = lecture.OnAir.Any(s => s.Person == caller.Actor.Person);
        if (!own && !caller.Is(LectureRole.Host))
            return LectureOutcome.Refuse(LectureCodes.NotOnAir, "Only a speaker who is on air or a host can hand over.");
        if (lecture.OnAir.IsEmpty)
            return LectureOutcome.Refuse(LectureCodes.NotOnAir, "Nobody is on air.");
        var onAir = lecture.OnAir;
        for (var i = 0; i < onAir.Length; i++)
            if ((!own || onAir[i].Person == caller.Actor.Person) && onAir[i].Person != hand.To)
                onAir = onAir.SetItem(i, onAir[i] with { HandsOverTo = hand.To });
        return Changed(lecture, lecture with { OnAir = onAir });
    }

    /// <summary>
    /// Decides a caption line. The time of a line is never earlier than the time of the line before it. A corrected line keeps its time.
    /// </summary>
    private static LectureOutcome DecideCaption(LectureRoom room, Lecture lecture, WriteCaption write, DateTimeOffset now)
    {
        if (write.Language is null || !LanguageShape().IsMatch(write.Language))
            return LectureOutcome.Refuse(LectureCodes.BadLanguage, "A language is a code such as en, ar or ko.");
        if (write.SecondsAgo is not (>= 0 and <= 60))
            return LectureOutcome.Refuse(LectureCodes.BadTime, "The words of a line must have been spoken 0 to 60 seconds ago.");
        var lines = room.Captions.GetValueOrDefault(write.Language) ?? [];
        var text = Plain(write.Text?.ReplaceLineEndings(" "), LectureLimits.LongestCaption);
        if (write.Number is { } number)
        {
            if (number < 1 || number > lines.Count)
                return LectureOutcome.Refuse(LectureCodes.UnknownLine, "There is no such line.");
            return text is null && write.Text is not { Length: 0 } ? BadText(LectureLimits.LongestCaption)
                : text == lines[number - 1].Text ? LectureOutcome.Of()
                : LectureOutcome.Of(new CaptionWritten(lines[number - 1] with { Text = text ?? "" }));
        }
        if (text is null)
            return BadText(LectureLimits.LongestCaption);
        var known = room.Captions.ContainsKey(write.Language);
        if (lines.Count >= LectureLimits.CaptionLines || (!known && room.Captions.Count >= LectureLimits.CaptionLanguages))
            return Full("lines of captions");
        var at = now - TimeSpan.FromSeconds(write.SecondsAgo);
        var line = new Caption
        {
            Language = write.Language,
            Number = lines.Count + 1,
            Text = text,
            At = lines.IsEmpty || lines[^1].At < at ? at : lines[^1].At,
            Backstage = lecture.StartedAt is null,
        };
        return known
            ? LectureOutcome.Of(new CaptionWritten(line)) with
            {
                Number = line.Number,
            }
            : LectureOutcome.Of(
                new LectureChanged(lecture with { CaptionLanguages = lecture.CaptionLanguages.Add(write.Language) }),
                new CaptionWritten(line)
            ) with
            {
                Number = line.Number,
            };
    }
}
