using System.Text.Json;
using ConsultHub.Scorecards;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// The sheets as tables. Each line names its section, the id of what it is about, and the item. It has a count, or the three numbers of a
/// figure. The lists of a sheet are as long as on the screen.
/// </summary>
internal static class SheetCsv
{
    private static readonly string[] Header = ["section", "id", "item", "count", "planned", "done", "not_recorded"];

    public static byte[] Of(HostSheet sheet) =>
        ScorecardCsv.Table(
            Header,
            [
                .. from specialty in sheet.Services from total in specialty.Figures select Line("services", specialty.Specialty, total),
                Line("waiting", "", "engagements", sheet.Unstaffed),
                .. from work in sheet.UnstaffedWork
                select Line("unstaffed", work.Thing.Id, $"{ScorecardCsv.Text(work.Day)} {work.Thing.Title}", 1),
                Line("waiting", "", "people", sheet.Waiting),
                .. from cohort in sheet.WaitingFor select Line("waiting_list", cohort.Thing.Id, cohort.Thing.Title, cohort.People),
                .. from total in sheet.People select Line("people", "", total),
            ]
        );

    public static byte[] Of(PartnerSheet sheet) =>
        ScorecardCsv.Table(
            Header,
            [
                .. from person in sheet.Days
                from days in new[]
                {
                    Line("days", person.Person.Value, "on_site", person.OnSite),
                    Line("days", person.Person.Value, "remote", person.Remote),
                }
                select days,
                Line("days", "", "on_site", sheet.OnSite),
                Line("days", "", "remote", sheet.Remote),
                .. from total in sheet.Teaching select Line("teaching", "", total),
                .. from stage in sheet.Stages
                select Line("initiatives", "", JsonNamingPolicy.CamelCase.ConvertName(stage.Stage.ToString()), stage.Count),
                Line("research", "", new FigureTotal(Figure.Publications, sheet.Publications)),
            ]
        );

    private static string[] Line(string section, string id, string item, int count) =>
        [section, id, item, ScorecardCsv.Text(count), "", "", ""];

    private static string[] Line(string section, string id, FigureTotal total) =>
        [
            section,
            id,
            ScorecardCsv.NameOf(total.Figure),
            "",
            ScorecardCsv.Text(total.Score.Planned),
            ScorecardCsv.Text(total.Score.Done),
            ScorecardCsv.Text(total.Score.NotRecorded),
        ];
}
