using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Programmes;

/// <summary>Knows which programmes exist and what rights about them and about dossiers depend on.</summary>
internal sealed class ProgrammeBook(OwnerBook owners, IGrainFactory grains)
{
    /// <summary>The entry in the catalogue. Null if there is no such programme, so that no grain wakes up for an invented id.</summary>
    public async ValueTask<ProgrammeProfile?> FindAsync(string id) =>
        (await owners.FindAsync(OwnerKind.Programme, id))?.Profile as ProgrammeProfile;

    /// <summary>Whether a viewer may do an action with a programme.</summary>
    public static bool May(Viewer viewer, AccessAction action, ProgrammeProfile programme) =>
        Access.SubjectsOf(programme).Any(of => Access.May(viewer, action, of));

    /// <summary>
    /// Whether a viewer may do an action with the dossier of a person: with a programme in which the person has an open application or a
    /// place.
    /// </summary>
    public async ValueTask<bool> MayAsync(Viewer viewer, AccessAction action, Dossier dossier)
    {
        foreach (var programme in dossier.Applications.Where(a => a.IsOpen).Select(a => a.Programme).Distinct())
            if (await FindAsync(programme.Value) is { } profile && May(viewer, action, profile))
                return true;
        return false;
    }

    /// <summary>The dossier of a person. Null if there is no such person, so that no grain wakes up for an invented id.</summary>
    public async ValueTask<Dossier?> DossierAsync(PersonId person) =>
        await owners.FindAsync(OwnerKind.Dossier, person.Value) is null
            ? null
            : await grains.GetGrain<IDossierGrain>(person.Value).GetAsync();
}
