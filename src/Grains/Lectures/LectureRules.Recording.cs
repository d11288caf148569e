namespace ConsultHub.Lectures;

/// <summary>The rules for recording. A host asks for a recording. Only speakers who agree are recorded.</summary>
public static partial class LectureRules
{
    private static LectureOutcome DecideRecording(Lecture lecture, LectureCaller caller, SetRecording set, DateTimeOffset now)
    {
        if (set.Days is < 1 or > 3_650)
            return LectureOutcome.Refuse(LectureCodes.BadRetention, "A recording is kept for 1 to 3,650 days.");
        var isLonger = lecture.Recording is not { } before || set.Days > before.Days;
        if (set.Consent && isLonger && lecture.Stage == LectureStage.Ended)
            return LectureOutcome.Refuse(
                LectureCodes.Ended,
                "After the end, a recording cannot be kept longer than its speakers agreed to."
            );
        // A speaker agrees to a certain number of days. The agreement ends if the recording is to be kept longer or is no longer wanted.
        var agreements = set.Consent && !isLonger ? lecture.Agreements : lecture.Agreements.RemoveAll(a => a.Agrees);
        return Changed(
            lecture,
            lecture with
            {
                Recording = set.Consent ? new RecordingConsent(caller.Actor.Person, now, set.Days) : null,
                Agreements = agreements,
            }
        );
    }

    private static LectureOutcome DecideAgreement(Lecture lecture, LectureCaller caller, AgreeToRecording agree, DateTimeOffset now)
    {
        var person = caller.Actor.Person;
        var known = lecture.Agreements.FirstOrDefault(a => a.Person == person);
        if (known?.Agrees == agree.Agrees)
            return LectureOutcome.Of();
        if (agree.Agrees && lecture.Recording is null)
            return LectureOutcome.Refuse(LectureCodes.NotRecorded, "No host has asked for a recording of this lecture.");
        if (agree.Agrees && lecture.Stage == LectureStage.Ended)
            return LectureOutcome.Refuse(LectureCodes.Ended, "The lecture has ended.");
        if (known is null && !agree.Agrees && !caller.Is(LectureRole.Host) && !caller.Is(LectureRole.Speaker))
            return LectureOutcome.Of();
        if (known is null && lecture.Agreements.Length >= LectureLimits.Agreements)
            return Full("answers");
        var others = known is null ? lecture.Agreements : lecture.Agreements.Remove(known);
        return Changed(lecture, lecture with { Agreements = others.Add(new RecordingAgreement(person, agree.Agrees, now)) });
    }
}
