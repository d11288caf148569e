namespace ConsultHub.Web.Lectures;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class LectureActions
{
    /// <summary>Be in the room, and watch the recording.</summary>
    public static readonly AccessAction Watch = new("lectures.watch");

    /// <summary>Ask, vote, react and raise a hand.</summary>
    public static readonly AccessAction TakePart = new("lectures.take-part");

    /// <summary>Host the lecture.</summary>
    public static readonly AccessAction Host = new("lectures.host");

    /// <summary>Speak in the lecture.</summary>
    public static readonly AccessAction Speak = new("lectures.speak");

    /// <summary>Moderate questions and polls.</summary>
    public static readonly AccessAction Moderate = new("lectures.moderate");

    /// <summary>Write captions.</summary>
    public static readonly AccessAction Caption = new("lectures.caption");
}
