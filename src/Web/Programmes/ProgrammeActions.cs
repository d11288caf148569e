namespace ConsultHub.Web.Programmes;

/// <summary>What people do with education programmes. <see cref="Access"/> says who may.</summary>
public static class ProgrammeActions
{
    /// <summary>Read the catalogue.</summary>
    public static readonly AccessAction Read = new("programmes.read");

    /// <summary>Enter programmes, cohorts and requirements.</summary>
    public static readonly AccessAction Change = new("programmes.change");

    /// <summary>Apply for a place.</summary>
    public static readonly AccessAction Apply = new("programmes.apply");

    /// <summary>Read applications.</summary>
    public static readonly AccessAction ReadApplications = new("programmes.read-applications");

    /// <summary>Review applications.</summary>
    public static readonly AccessAction Review = new("programmes.review");

    /// <summary>Read who is in which department and when.</summary>
    public static readonly AccessAction ReadRotations = new("programmes.read-rotations");

    /// <summary>Rank and reject applications, and offer places.</summary>
    public static readonly AccessAction Decide = new("programmes.decide");
}

/// <summary>What people do with the papers of trainees.</summary>
public static class DossierActions
{
    /// <summary>Read the papers of people who have applied.</summary>
    public static readonly AccessAction Read = new("dossiers.read");

    /// <summary>Enter the own papers.</summary>
    public static readonly AccessAction Change = new("dossiers.change");

    /// <summary>Confirm that a paper says what its record says.</summary>
    public static readonly AccessAction Check = new("dossiers.check");
}

/// <summary>What people do with the sessions of cohorts.</summary>
public static class CourseActions
{
    /// <summary>Read all sessions of a cohort, with who was there and what participants said.</summary>
    public static readonly AccessAction Read = new("courses.read");

    /// <summary>Record who was there. Trainers do so in their own sessions.</summary>
    public static readonly AccessAction Record = new("courses.record");

    /// <summary>Give feedback on the own sessions.</summary>
    public static readonly AccessAction Answer = new("courses.answer");
}

/// <summary>What people do with the logbooks of trainees.</summary>
public static class LogbookActions
{
    /// <summary>Read the logbooks of people in a programme.</summary>
    public static readonly AccessAction Read = new("logbooks.read");

    /// <summary>Log the own cases.</summary>
    public static readonly AccessAction Keep = new("logbooks.keep");

    /// <summary>Sign cases, entrust people with activities, and assess people.</summary>
    public static readonly AccessAction Judge = new("logbooks.judge");
}
