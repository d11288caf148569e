using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>
/// The rules of a rotation plan as a whole. Pure. That a person is in one place at a time, over all programmes and visits, is decided by
/// the owner of the person's visits.
/// </summary>
internal static class RotationRules
{
    public const int MostDepartments = 100,
        MostActivities = 100,
        MostRotations = 2_000;

    public static IEnumerable<RecordFault> FaultsOf(EducationProgramme programme) =>
        [
            .. RecordRules.TooMany(programme.Departments, MostDepartments),
            .. RecordRules.TooMany(programme.Activities, MostActivities),
            .. RecordRules.TooMany(programme.Rotations, MostRotations),
            .. programme.Departments.Where(d => !IsHost(programme.Profile, d.Hospital)).Select(NoHost),
            .. programme.Rotations.SelectMany(r => FaultsOf(programme, r)),
            .. programme.Departments.SelectMany(d => OverCapacity(programme, d)),
        ];

    /// <summary>
    /// Why a department cannot be removed or come to another host, or why an activity cannot be removed. Null if nobody is or was there.
    /// </summary>
    public static RecordFault? Forbids(EducationProgramme programme, RecordEdit edit) =>
        edit is { Value: null, Record.Part: ProgrammeActivity.Part } && !programme.Rotations.IsEmpty
            ? new(edit.Record, RecordCodes.InUse, "People may have logged cases of it, so it stays.")
        : edit.Record.Part != Department.Part || programme.Rotations.All(r => r.Department != edit.Record.Id) ? null
        : edit.Value is not Department department ? new(edit.Record, RecordCodes.InUse, RecordCodes.InUse.Message!)
        : department.Hospital != programme.Departments.FirstOrDefault(d => d.Id == department.Id)?.Hospital
            ? new(edit.Record, RecordCodes.InUse, "People are in this department, so it stays at its host.", "hospital")
        : null;

    private static bool IsHost(ProgrammeProfile profile, HospitalId? hospital) =>
        hospital is { } one ? profile.Hospitals.Contains(one) : profile.AtPartner;

    private static RecordFault NoHost(Department department) =>
        new(
            ((IRecord)department).Record,
            RecordCodes.UnknownReference,
            "A department is at a host of the programme: at one of its hospitals, or at the partner institution.",
            "hospital"
        );

    private static IEnumerable<RecordFault> FaultsOf(EducationProgramme programme, Rotation rotation)
    {
        if (programme.Departments.All(d => d.Id != rotation.Department))
            yield return Fault(RecordCodes.UnknownReference, $"The programme has no department {rotation.Department}.", "department");
        if (programme.Find(rotation.Cohort) is not { } cohort)
        {
            yield return Fault(RecordCodes.UnknownReference, $"The programme has no cohort {rotation.Cohort}.", "cohort");
            yield break;
        }
        if (rotation.From < cohort.From || rotation.From > cohort.To)
            yield return Fault(ProgrammeCodes.OutsideCohort, ProgrammeCodes.OutsideCohort.Message!, "from");
        if (rotation.To > cohort.To)
            yield return Fault(ProgrammeCodes.OutsideCohort, ProgrammeCodes.OutsideCohort.Message!, "to");
        if (programme.Find(cohort.Id, rotation.Person)?.Status != ApplicationStatus.Accepted)
            yield return Fault(ProgrammeCodes.NoPlace, ProgrammeCodes.NoPlace.Message!, "person");
        if (
            programme.Rotations.FirstOrDefault(o => o.Id != rotation.Id && o.Person == rotation.Person && o.Overlaps(rotation)) is { } other
        )
            yield return Fault(
                ProgrammeCodes.RotationOverlap,
                $"The person is in another department from {other.From:yyyy-MM-dd} to {other.To:yyyy-MM-dd}.",
                "from"
            );

        RecordFault Fault(Code code, string message, string field) => new(((IRecord)rotation).Record, code, message, field);
    }

    /// <summary>The faults of all rotations on whose days a department has more people than it takes.</summary>
    private static IEnumerable<RecordFault> OverCapacity(EducationProgramme programme, Department department)
    {
        var there = programme.Rotations.Where(r => r.Department == department.Id).ToList();
        if (there.Count <= department.Capacity)
            yield break;
        // The number of people is highest on the first day of one of them.
        var full = there
            .Select(r => r.From)
            .Distinct()
            .Where(day => there.Count(r => r.From <= day && day <= r.To) > department.Capacity)
            .Order()
            .ToList();
        if (full.Count == 0)
            yield break;
        var message =
            $"{department.Name.En} takes {department.Capacity} people of this programme at a time. "
            + $"From {full[0]:yyyy-MM-dd} on there would be more.";
        foreach (var rotation in there.Where(r => full.Any(day => r.From <= day && day <= r.To)))
            yield return new(((IRecord)rotation).Record, ProgrammeCodes.DepartmentFull, message, "department");
        yield return new(((IRecord)department).Record, ProgrammeCodes.DepartmentFull, message, "capacity");
    }

    /// <summary>
    /// What becomes of the rotations of people who have given up an accepted place: those that have not begun are removed, and the one that
    /// goes on ends today.
    /// </summary>
    public static ImmutableArray<RecordChange> AfterWithdrawals(EducationProgramme before, ApplicationsChanged change, DateOnly today) =>
        [
            .. from application in change.Applications
            where
                application.Status != ApplicationStatus.Accepted
                && before.Find(application.Cohort, application.Person)?.Status == ApplicationStatus.Accepted
            from rotation in before.Rotations
            where rotation.Cohort == application.Cohort && rotation.Person == application.Person && rotation.To > today
            select new RecordChange(((IRecord)rotation).Record, rotation, rotation.From > today ? null : rotation with { To = today }),
        ];
}
