namespace ConsultHub.Certificates;

/// <summary>The id of a register of certificates. A conference has a register, and so has an education programme.</summary>
public readonly record struct CertificateRegisterId
{
    private CertificateRegisterId(ConferenceId? conference, ProgrammeId? programme) => (Conference, Programme) = (conference, programme);

    /// <summary>Null if it is the register of a programme.</summary>
    public ConferenceId? Conference { get; }

    /// <summary>Null if it is the register of a conference.</summary>
    public ProgrammeId? Programme { get; }

    public static CertificateRegisterId Of(ConferenceId conference) => new(conference, null);

    public static CertificateRegisterId Of(ProgrammeId programme) => new(null, programme);

    /// <summary>The key of the grain. No conference has an id with a slash, so the two kinds never have the same key.</summary>
    public string Key => Programme is { } programme ? $"programme/{programme}" : Conference?.Value ?? "";

    public override string ToString() => Key;
}
