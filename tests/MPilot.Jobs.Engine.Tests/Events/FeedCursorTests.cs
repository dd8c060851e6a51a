using MPilot.Jobs.Engine.Events;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Events;

public sealed class FeedCursorTests
{
    [Theory]
    [InlineData(0, "cur_0000000000000000")]
    [InlineData(255, "cur_00000000000000ff")]
    [InlineData(-1, "cur_ffffffffffffffff")]
    [InlineData(long.MinValue, "cur_8000000000000000")]
    public void Cursor_WhenWrittenAndRead_IsTheSame(long position, string text)
    {
        new FeedCursor(position).ToString().ShouldBe(text);
        FeedCursor.TryParse(text, out var read).ShouldBeTrue();
        read.Position.ShouldBe(position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cur_")]
    [InlineData("0000000000000000")]
    [InlineData("cur_000000000000000")]
    [InlineData("cur_00000000000000000")]
    [InlineData("CUR_0000000000000000")]
    [InlineData("cur_ 00000000000000f")]
    [InlineData("cur_000000000000000g")]
    [InlineData("evt_0000000000000000")]
    public void TryParse_WhenItIsNone_SaysSo(string text) => FeedCursor.TryParse(text, out _).ShouldBeFalse();
}
