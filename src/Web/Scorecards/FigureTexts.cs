using System.Collections.Immutable;
using ConsultHub.Scorecards;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// The names of figures on paper, in three languages. A test compares them with those of the screens, so that both say the same.
/// </summary>
public static class FigureTexts
{
    /// <summary>The figures in groups, in the order of the page.</summary>
    public static readonly ImmutableArray<(string Id, LocalName Name, ImmutableArray<Figure> Figures)> Groups =
    [
        (
            "services",
            new("Services", "الخدمات", "진료"),
            [
                Figure.Visits,
                Figure.ClinicalVisits,
                Figure.Consultations,
                Figure.Evaluations,
                Figure.FollowUps,
                Figure.Operations,
                Figure.SecondOpinions,
            ]
        ),
        (
            "teaching",
            new("Teaching", "التعليم", "강의·교육"),
            [
                Figure.Lectures,
                Figure.ConferenceSessions,
                Figure.LectureAttendances,
                Figure.ClinicalTeaching,
                Figure.Workshops,
                Figure.Taught,
            ]
        ),
        (
            "education",
            new("Education programmes", "برامج التدريب", "교육 프로그램"),
            [Figure.Electives, Figure.Trainings, Figure.LeadershipCohorts, Figure.TrainedPeople]
        ),
        ("research", new("Research", "البحث", "연구"), [Figure.JointInitiatives, Figure.Publications]),
    ];

    public static LocalName Of(Figure figure) =>
        figure switch
        {
            Figure.Visits => new("Visits", "الزيارات", "방문"),
            Figure.ClinicalVisits => new("Clinical visits", "الزيارات السريرية", "임상 방문"),
            Figure.Consultations => new("Consultations", "الاستشارات", "자문 진료"),
            Figure.Evaluations => new("Evaluations", "التقييمات", "임상 평가"),
            Figure.FollowUps => new("Follow-ups", "المتابعات", "치료 계획 추적"),
            Figure.Operations => new("Operations", "العمليات", "수술"),
            Figure.SecondOpinions => new("Second opinions", "الآراء الطبية الثانية", "2차 소견"),
            Figure.Lectures => new("Lectures", "المحاضرات", "강의"),
            Figure.ConferenceSessions => new("Conference sessions", "جلسات المؤتمرات", "학술대회 세션"),
            Figure.ClinicalTeaching => new("Clinical teaching", "التعليم السريري", "임상 교육"),
            Figure.Workshops => new("Workshops and trainings", "ورش العمل والتدريبات", "워크숍 및 연수"),
            Figure.Taught => new("People taught", "عدد المتدربين في المهام", "일정 교육 인원"),
            Figure.Electives => new(
                "People in electives and fellowships",
                "المشاركون في التدريب الاختياري والزمالات",
                "선택 실습·전임의 과정 참가자"
            ),
            Figure.Trainings => new("Trainings", "الدورات التدريبية", "교육 과정"),
            Figure.LeadershipCohorts => new("Leadership cohorts", "دفعات القيادة", "리더십 기수"),
            Figure.TrainedPeople => new("People trained in programmes", "المتدربون في البرامج", "프로그램 교육 인원"),
            Figure.JointInitiatives => new("Joint initiatives", "المبادرات المشتركة", "공동 과제"),
            Figure.Publications => new("Publications", "المنشورات", "출판물"),
            Figure.LectureAttendances => new("Attendances at lectures", "مرات حضور المحاضرات", "강의 참석 인원(연인원)"),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, null),
        };
}
