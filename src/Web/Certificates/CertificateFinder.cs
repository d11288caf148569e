using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Programmes;
using ConsultHub.Web.Programmes;

namespace ConsultHub.Web.Certificates;

/// <summary>A certificate that a viewer may see. Exactly one of the two is not null.</summary>
/// <param name="Attendance">A certificate of attendance at a conference.</param>
/// <param name="Completion">A certificate of completion of an education programme.</param>
/// <param name="Manages">Whether the viewer may revoke it.</param>
internal sealed record FoundCertificate(
    CertificateRegisterId Register,
    IssuedCertificate? Attendance,
    IssuedCompletion? Completion,
    bool Manages
);

/// <summary>Finds certificates for the people who may see them.</summary>
internal sealed class CertificateFinder(IGrainFactory grains, ProgrammeBook programmes)
{
    public ICertificatesGrain Register(CertificateRegisterId register) => grains.GetGrain<ICertificatesGrain>(register.Key);

    /// <summary>
    /// Returns a certificate to its holder, to coordinators of the conference's network, and to those who decide about the programme.
    /// Returns null to everybody else, as if there were no such certificate.
    /// </summary>
    public async Task<FoundCertificate?> FindAsync(string number, HttpContext http)
    {
        if (CertificateNumber.RegisterOf(number) is not { } id)
            return null;
        var register = Register(id);
        var found = id.Programme is null
            ? new FoundCertificate(id, await register.GetAsync(number), null, false)
            : new FoundCertificate(id, null, await register.GetCompletionAsync(number), false);
        if ((found.Attendance?.Certificate.Person ?? found.Completion?.Certificate.Person) is not { } holder)
            return null;
        var viewer = Viewer.Of(http);
        var manages = await ManagesAsync(viewer, id);
        if (holder != viewer.Person)
            return manages ? found with { Manages = true } : null;
        http.LeaveNoTrace();
        return found with { Manages = manages };
    }

    /// <summary>The certificates of completion of one person, newest first.</summary>
    public async Task<IEnumerable<IssuedCompletion>> CompletionsOfAsync(PersonId person)
    {
        if (await programmes.DossierAsync(person) is not { } dossier)
            return [];
        var lists = await Task.WhenAll(
            dossier
                .Applications.Select(a => a.Programme)
                .Distinct()
                .Select(programme => Register(CertificateRegisterId.Of(programme)).ListCompletionsAsync(person))
        );
        return lists.SelectMany(list => list).OrderByDescending(c => c.Certificate.IssuedAt);
    }

    private async Task<bool> ManagesAsync(Viewer viewer, CertificateRegisterId register) =>
        register.Programme is { } programme
            ? await programmes.FindAsync(programme.Value) is { } profile && ProgrammeBook.May(viewer, ProgrammeActions.Decide, profile)
            : await grains.GetGrain<IConferenceGrain>(register.Key).GetAsync() is { } conference
                && Access.May(viewer, CertificateActions.Manage, new Subject(conference.Network));
}
