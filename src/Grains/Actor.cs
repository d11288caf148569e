namespace ConsultHub;

/// <summary>The role in which a person gives a command. <see cref="Role.System"/> is the role of the hub itself.</summary>
public enum Role
{
    Coordinator,
    Consultant,
    Attendee,
    Display,
    System,

    /// <summary>Looks after accounts and settings, and sees no clinical work.</summary>
    Administrator,

    /// <summary>Works for one hospital or several.</summary>
    Registrar,

    /// <summary>Hosts the lectures of a conference or of one session.</summary>
    Host,
    Speaker,
    Moderator,
    Captioner,

    /// <summary>Reads history.</summary>
    Auditor,

    /// <summary>A program that reads exports.</summary>
    Integration,

    /// <summary>Leads education programmes: decides about applications and places.</summary>
    ProgrammeDirector,

    /// <summary>Reviews applications for education programmes.</summary>
    Reviewer,

    /// <summary>Supervises trainees.</summary>
    Supervisor,

    /// <summary>Takes part in education programmes. Staff of any profession.</summary>
    Trainee,

    /// <summary>Leads the research initiatives of a network, or those of some hospitals or of a partner.</summary>
    ResearchLead,
}

/// <summary>The person who gives a command, and the role in which the person gives it.</summary>
[GenerateSerializer, Immutable, Alias("hub.Actor")]
public sealed record Actor([property: Id(0)] PersonId Person, [property: Id(1)] Role Role)
{
    /// <summary>The hub itself. It acts when no person does, for example after a deadline.</summary>
    public static Actor System { get; } = new(new PersonId("hub-system"), Role.System);
}

/// <summary>
/// A name in the languages of the hub. The English name is always present. It replaces a name that is missing in another language.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LocalName")]
public sealed record LocalName([property: Id(0)] string En, [property: Id(1)] string? Ar = null, [property: Id(2)] string? Ko = null)
{
    /// <param name="language"><c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    public string In(string language) =>
        language switch
        {
            "ar" => Ar ?? En,
            "ko" => Ko ?? En,
            _ => En,
        };
}
